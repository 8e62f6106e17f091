//go:build tools

// Pins the packages that make the judge "kubeconform".
package tools

import (
	_ "github.com/yannh/kubeconform/cmd/kubeconform"
)
