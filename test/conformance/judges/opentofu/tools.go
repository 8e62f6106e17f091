//go:build tools

// Pins the packages that make the judge "opentofu".
package tools

import (
	_ "github.com/opentofu/opentofu/cmd/tofu"
)
