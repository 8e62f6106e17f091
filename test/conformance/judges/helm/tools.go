//go:build tools

// Pins the packages that make the judge "helm".
package tools

import (
	_ "helm.sh/helm/v4/cmd/helm"
)
