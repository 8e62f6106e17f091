//go:build tools

// Pins the packages that make the judge "sops".
package tools

import (
	_ "github.com/getsops/sops/v3/cmd/sops"
)
