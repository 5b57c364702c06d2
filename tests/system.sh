#!/bin/sh
# Debian's packages that the checks drive: two builds of one browser, whole and without a window,
# poppler to look at printed pages, and what contrib/ is for, with curl and openssl to try it.
# `tests/system.sh bench` adds what the benchmarks measure with and against (PostgreSQL only if
# HEARTH_BENCH_OTHERS is set), and `tests/system.sh browsers` two more browsers, their drivers, a
# screen and a sound server.
set -eu
missing=""
[ -x /usr/bin/chromium ] || missing="$missing chromium"
[ -x /usr/bin/chromium-headless-shell ] || missing="$missing chromium-headless-shell"
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
[ -x /usr/sbin/nginx ] || missing="$missing nginx-light"
for program in caddy curl openssl; do
  command -v $program >/dev/null 2>&1 || missing="$missing $program"
done
command -v systemd-analyze >/dev/null 2>&1 || missing="$missing systemd"
if [ "${1:-}" = bench ]; then
  command -v wrk >/dev/null 2>&1 || missing="$missing wrk"
  if [ -n "${HEARTH_BENCH_OTHERS:-}" ]; then
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
  fi
fi
if [ "${1:-}" = browsers ]; then
  command -v chromedriver >/dev/null 2>&1 || missing="$missing chromium-driver"
  [ -x /usr/bin/firefox-esr ] || missing="$missing firefox-esr"
  [ -x /usr/bin/WebKitWebDriver ] || missing="$missing webkit2gtk-driver"
  command -v Xvfb >/dev/null 2>&1 || missing="$missing xvfb"
  command -v pulseaudio >/dev/null 2>&1 || missing="$missing pulseaudio"
  # WebKitGTK plays through GStreamer: one part reads MP3, the other talks to the sound server.
  plugins="/usr/lib/*/gstreamer-1.0"
  ls $plugins/libgstmpg123.so >/dev/null 2>&1 || missing="$missing gstreamer1.0-plugins-good"
  ls $plugins/libgstpulseaudio.so >/dev/null 2>&1 || missing="$missing gstreamer1.0-pulseaudio"
fi
[ -z "$missing" ] && exit 0
if [ "$(id -u)" -ne 0 ]; then
  echo "hearth: this needs$missing. As root: apt-get update && apt-get install$missing" >&2
  exit 1
fi
apt-get update -qq
# shellcheck disable=SC2086 # one word a package
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
# Debian starts a PostgreSQL server that nobody here asks: the benchmark runs its own.
case "$missing" in *postgresql*) service postgresql stop ;; esac
# The tests start these themselves, on ports of their own.
[ -d /run/systemd/system ] || exit 0
for service in nginx caddy; do
  case "$missing" in *$service*) systemctl disable --now --quiet $service ;; esac
done
