//go:build tools

// Pins the packages that make the judge "kubesec".
package tools

import (
	_ "github.com/controlplaneio/kubesec/v2"
)
