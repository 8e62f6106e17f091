//go:build tools

// Pins the packages that make the judge "age-keygen".
package tools

import (
	_ "filippo.io/age/cmd/age-keygen"
)
