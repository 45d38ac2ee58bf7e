# The binary of the release, for Homebrew on macOS and Linux.
class Lockroot < Formula
  desc "Terminal wizard that locks away the root user of an AWS account"
  homepage "@REPOSITORY@"
  version "@VERSION@"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "@URL aarch64-apple-darwin@"
      sha256 "@SHA256 aarch64-apple-darwin@"
    end
    on_intel do
      url "@URL x86_64-apple-darwin@"
      sha256 "@SHA256 x86_64-apple-darwin@"
    end
  end

  on_linux do
    on_arm do
      url "@URL aarch64-unknown-linux-musl@"
      sha256 "@SHA256 aarch64-unknown-linux-musl@"
    end
    on_intel do
      url "@URL x86_64-unknown-linux-musl@"
      sha256 "@SHA256 x86_64-unknown-linux-musl@"
    end
  end

  def install
    bin.install "lockroot"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/lockroot"
    zsh_completion.install "completions/_lockroot"
    fish_completion.install "completions/lockroot.fish"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/lockroot --version")
    system bin/"lockroot", "check", "--practice", "hardened"
  end
end
