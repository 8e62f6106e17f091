//go:build tools

// Pins the packages that make the judge "terraform".
package tools

import (
	_ "github.com/hashicorp/terraform"
)
