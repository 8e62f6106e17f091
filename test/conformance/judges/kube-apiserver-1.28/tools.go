//go:build tools

// Pins the packages that make the judge "kube-apiserver-1.28".
package tools

import (
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
)
