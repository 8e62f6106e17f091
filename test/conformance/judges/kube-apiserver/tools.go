//go:build tools

// Pins the packages that make the judge "kube-apiserver".
package tools

import (
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
)
