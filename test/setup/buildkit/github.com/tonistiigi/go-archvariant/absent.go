// Stands in for a library that Debian does not package: the oldest variant runs everywhere.
package archvariant

func AMD64Variant() string { return "v1" }
