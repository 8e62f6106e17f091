//go:build tools

// Pins the packages that make the judge "helm-3".
package tools

import (
	_ "helm.sh/helm/v3/cmd/helm"
)
