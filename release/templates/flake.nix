# The binary of the release, for Nix: `nix run` in this folder. Linux's is static; macOS's needs nothing but the system.
{
  description = "@DESCRIPTION@";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      archives = {
        x86_64-linux = {
          url = "@URL x86_64-unknown-linux-musl@";
          sha256 = "@SHA256 x86_64-unknown-linux-musl@";
        };
        aarch64-linux = {
          url = "@URL aarch64-unknown-linux-musl@";
          sha256 = "@SHA256 aarch64-unknown-linux-musl@";
        };
        x86_64-darwin = {
          url = "@URL x86_64-apple-darwin@";
          sha256 = "@SHA256 x86_64-apple-darwin@";
        };
        aarch64-darwin = {
          url = "@URL aarch64-apple-darwin@";
          sha256 = "@SHA256 aarch64-apple-darwin@";
        };
      };
      package =
        system: archive:
        let
          pkgs = nixpkgs.legacyPackages.${system};
        in
        {
          default = pkgs.stdenvNoCC.mkDerivation {
            pname = "lockroot";
            version = "@VERSION@";
            src = pkgs.fetchurl archive;
            nativeBuildInputs = [ pkgs.installShellFiles ];
            dontStrip = true;
            installPhase = ''
              runHook preInstall
              install -Dm755 lockroot -t $out/bin
              installManPage man/*.1
              installShellCompletion --bash --name lockroot completions/lockroot
              installShellCompletion --zsh --name _lockroot completions/_lockroot
              installShellCompletion --fish --name lockroot.fish completions/lockroot.fish
              runHook postInstall
            '';
            meta = {
              description = "@DESCRIPTION@";
              homepage = "@REPOSITORY@";
              license = with pkgs.lib.licenses; [ mit asl20 ];
              mainProgram = "lockroot";
              sourceProvenance = [ pkgs.lib.sourceTypes.binaryNativeCode ];
            };
          };
        };
    in
    {
      packages = builtins.mapAttrs package archives;
    };
}
