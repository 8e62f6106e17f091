//go:build tools

// Pins the packages that make the judge "kube-score".
package tools

import (
	_ "github.com/zegl/kube-score/cmd/kube-score"
)
