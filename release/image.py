"""The container image, in OCI's archive format: the static binary, the certificates that it trusts, and nothing else. No shell,
nobody's rights. No container engine is needed to write it: an image is two JSON documents and an archive."""

import json
import time

import pack
import project
from pack import Member
from project import output

NOBODY = 65534
HOME = "home/nobody"
ARCHITECTURES = {"x86_64-unknown-linux-musl": "amd64", "aarch64-unknown-linux-musl": "arm64"}


def certificates(tools):
    """Mozilla's certificates, as the certifi of release/tools has them."""
    path = output(tools / "python", "-c", "import certifi; print(certifi.where())", text=True).strip()
    with open(path, "rb") as file:
        return file.read()


def layer(binary, trusted):
    return {
        "etc": Member(None, 0o755),
        "etc/ssl": Member(None, 0o755),
        "etc/ssl/certs": Member(None, 0o755),
        "etc/ssl/certs/ca-certificates.crt": Member(trusted),
        "home": Member(None, 0o755),
        # What lockroot remembers is kept here, if a volume is.
        HOME: Member(None, 0o700, NOBODY),
        "lockroot": Member(binary, 0o755),
    }


class Layout:
    """An image layout: documents and layers under their checksums."""

    def __init__(self):
        self.blobs = {}

    def add(self, kind, content, **more):
        """Takes `content` in; returns what refers to it."""
        if not isinstance(content, bytes):
            content = json.dumps(content, sort_keys=True).encode()
        digest = project.sha256(content)
        self.blobs[f"blobs/sha256/{digest}"] = Member(content)
        return {"mediaType": f"application/vnd.oci.image.{kind}", "digest": f"sha256:{digest}", "size": len(content), **more}

    def archive(self, index):
        documents = {
            "oci-layout": Member(json.dumps({"imageLayoutVersion": "1.0.0"}).encode()),
            "index.json": Member(json.dumps(index, sort_keys=True).encode()),
        }
        return pack.tar(documents | dict(sorted(self.blobs.items())), project.date())


def config(architecture, unpacked):
    made = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(project.date()))
    package = project.package()
    labels = {"title": "lockroot", "version": package["version"], "description": package["description"],
              "source": package["repository"], "licenses": package["license"]}
    return {
        "created": made,
        "architecture": architecture,
        "os": "linux",
        "config": {
            "User": f"{NOBODY}:{NOBODY}",
            "Env": [f"HOME=/{HOME}", "PATH=/"],
            "Entrypoint": ["/lockroot"],
            "WorkingDir": f"/{HOME}",
            "Labels": {f"org.opencontainers.image.{key}": value for key, value in labels.items()},
        },
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{project.sha256(unpacked)}"]},
        "history": [{"created": made, "created_by": "release/finish"}],
    }


def add_platform(layout, target, binary, trusted):
    """Adds the image of one architecture; returns what refers to it."""
    architecture = ARCHITECTURES[target]
    unpacked = pack.tar(layer(binary, trusted), project.date())
    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": layout.add("config.v1+json", config(architecture, unpacked)),
        "layers": [layout.add("layer.v1.tar+gzip", pack.squeezed(unpacked))],
    }
    return layout.add("manifest.v1+json", manifest, platform={"architecture": architecture, "os": "linux"})


def write(folder, binaries, trusted):
    """One archive with an image for each of `binaries`: target, content."""
    layout = Layout()
    manifests = [add_platform(layout, target, binary, trusted) for target, binary in binaries.items()]
    index = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": manifests}
    # Engines take the name from here; the index of an archive names one image.
    named = layout.add("index.v1+json", index, annotations={"org.opencontainers.image.ref.name": project.version()})
    path = folder / f"lockroot-{project.version()}-image.tar"
    path.write_bytes(layout.archive({"schemaVersion": 2, "manifests": [named]}))
