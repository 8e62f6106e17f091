//go:build tools

// Pins the packages that make the judge "promtool". Rules and their tests need no service discovery, which takes most of the build.
// Built with the tags: remove_all_sd
package tools

import (
	_ "github.com/prometheus/prometheus/cmd/promtool"
)
