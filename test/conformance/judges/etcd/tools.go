//go:build tools

// Pins the packages that make the judge "etcd".
package tools

import (
	_ "go.etcd.io/etcd/server/v3"
)
