// Stands in for a library that Debian does not package. BuildKit names an image's ingredients with it, in
// attestations that no test looks at.
package packageurl

import "errors"

const (
	TypeDocker = "docker"
	TypeOCI    = "oci"
)

type Qualifier struct{ Key, Value string }

type Qualifiers []Qualifier

func (q Qualifiers) Map() map[string]string {
	all := map[string]string{}
	for _, one := range q {
		all[one.Key] = one.Value
	}
	return all
}

type PackageURL struct {
	Type, Namespace, Name, Version, Subpath string
	Qualifiers                              Qualifiers
}

func NewPackageURL(kind, space, name, version string, qualifiers Qualifiers, subpath string) *PackageURL {
	return &PackageURL{kind, space, name, version, subpath, qualifiers}
}

func (p *PackageURL) ToString() string {
	return "pkg:" + p.Type + "/" + p.Namespace + "/" + p.Name + "@" + p.Version
}

func FromString(string) (PackageURL, error) {
	return PackageURL{}, errors.New("package URLs are not built in")
}
