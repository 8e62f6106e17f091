//go:build tools

// Pins the packages that make the judge "kustomize".
package tools

import (
	_ "sigs.k8s.io/kustomize/kustomize/v5"
)
