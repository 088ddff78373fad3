#!/usr/bin/env bash
# The demonstration: a small office, the box and an internet, all in network namespaces of this machine. Called by `genkan demo`, as root.
# SPDX-License-Identifier: Apache-2.0
#
#     desk-pc ──┐                                               ┌── www.example.test   198.51.100.10
#               ├── switch ── lan0 [ Genkan ] wan0 ── router ───┼── the help desk      198.51.100.20
#     laptop ───┘                                   192.0.2.1   └── on a block list    203.0.113.66
#
# Real programs on both sides: udhcpc, curl, iperf3 in the office; dnsmasq, nginx, iperf3 on the internet. Each step says what it does and
# checks that it came true; the first that did not ends the demonstration with one line and exit code 1. Whatever happens, also on Ctrl-C,
# nothing is left behind.
set -euo pipefail

home=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
tag=gk$(printf '%04x' "$RANDOM")
desk=$tag-desk laptop=$tag-laptop switch=$tag-switch box=$tag-box wan=$tag-wan
namespaces=("$desk" "$laptop" "$switch" "$box" "$wan")
site=http://www.example.test phish=login.phish.test listed=http://203.0.113.66 help_desk=http://198.51.100.20
download_bytes=200000000
work="" engine="" began=$SECONDS step=0

# ---------------------------------------------------------------- words of the demonstration

bold="" plain=""
if [[ -t 1 ]]; then bold=$'\e[1m' plain=$'\e[0m'; fi

# title WHAT WHY: the head of a step.
title() {
  step=$((step + 1))
  printf '\n%s%d  %s%s\n   %s\n' "$bold" "$step" "$1" "$plain" "$2"
}

command_line() { printf '   $ %s\n' "$*"; }
ok() { printf '   ok  %s\n' "$*"; }

refuse() {
  printf 'demo: %s\n' "$*" >&2
  exit 2
}

# failed WHAT: the one line that says which step did not do what it says.
failed() {
  printf 'demo: step %d did not do what it says: %s\n' "$step" "$*" >&2
  if [[ -s $work/engine.log ]]; then
    printf 'demo: the engine said last: %s\n' "$(tail -n 1 "$work/engine.log")" >&2
  fi
  exit 1
}

# eventually SECONDS COMMAND...: runs the command until it succeeds; false when the time is over.
eventually() {
  local until=$((SECONDS + $1))
  shift
  until "$@" > /dev/null 2>&1; do
    [[ $SECONDS -lt $until ]] || return 1
    sleep 0.1
  done
}

# milliseconds: of some clock, for differences.
milliseconds() { echo $(($(date +%s%N) / 1000000)); }

# ---------------------------------------------------------------- the stage

clean_up() {
  local status=$? namespace pids
  trap '' INT TERM
  trap - EXIT
  set +e
  for namespace in "${namespaces[@]}"; do
    pids=$(ip netns pids "$namespace" 2> /dev/null)
    # shellcheck disable=SC2086 # one word a process
    [[ -z $pids ]] || kill -KILL $pids 2> /dev/null
    ip netns delete "$namespace" 2> /dev/null
    rm -rf "/etc/netns/${namespace:?}"
  done
  rmdir /etc/netns 2> /dev/null
  wait 2> /dev/null
  [[ -z $work ]] || rm -rf "$work"
  exit "$status"
}

# inside NAMESPACE COMMAND...: runs a program on one of the machines.
inside() {
  local namespace=$1
  shift
  ip netns exec "$namespace" "$@"
}

# cable NAMESPACE NAME NAMESPACE NAME: joins two machines.
cable() {
  ip link add "$2" netns "$1" type veth peer name "$4" netns "$3"
  ip -n "$1" link set "$2" up
  ip -n "$3" link set "$4" up
}

set_the_stage() {
  local namespace
  for namespace in "${namespaces[@]}"; do
    ip netns add "$namespace"
    ip -n "$namespace" link set lo up
  done
  cable "$desk" eth0 "$switch" desk
  cable "$laptop" eth0 "$switch" laptop
  cable "$switch" uplink "$box" lan0
  cable "$box" wan0 "$wan" eth0
  ip -n "$switch" link add switch0 type bridge
  for namespace in desk laptop uplink; do
    ip -n "$switch" link set "$namespace" master switch0
  done
  ip -n "$switch" link set switch0 up

  ip -n "$wan" address add 192.0.2.1/24 dev eth0
  for address in 198.51.100.10 198.51.100.20 203.0.113.66; do
    ip -n "$wan" address add "$address/32" dev lo
  done
  for namespace in "$desk" "$laptop"; do
    mkdir -p "/etc/netns/$namespace"
    echo "nameserver 192.0.2.1" > "/etc/netns/$namespace/resolv.conf"
  done
}

open_the_internet() {
  mkdir -p "$work/www" "$work/nginx"
  echo "A page from www.example.test." > "$work/www/index.html"
  head -c "$download_bytes" /dev/urandom > "$work/www/download"
  # shellcheck disable=SC2016 # in two halves, so that no scanner stops at this script
  printf '%s%s' 'X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-' 'ANTIVIRUS-TEST-FILE!$H+H*' > "$work/www/eicar.com"
  (cd "$work/www" && gzip -c eicar.com > invoice.gz && tar cf invoice.tar invoice.gz && gzip -c invoice.tar > invoice.tgz \
    && gzip -c index.html > harmless.gz)
  cat > "$work/nginx.conf" <<CONF
user root;
daemon off;
pid $work/nginx/pid;
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path $work/nginx/body; proxy_temp_path $work/nginx/proxy;
  fastcgi_temp_path $work/nginx/fastcgi; uwsgi_temp_path $work/nginx/uwsgi; scgi_temp_path $work/nginx/scgi;
  sendfile on;
  server { listen 80; listen 443; root $work/www; } # nobody speaks TLS here: the hello does not arrive
}
CONF
  inside "$wan" nginx -e "$work/nginx/error.log" -p "$work/nginx" -c "$work/nginx.conf" > "$work/nginx.log" 2>&1 &
  inside "$wan" dnsmasq --keep-in-foreground --conf-file=/dev/null --no-resolv --no-hosts --user=root --pid-file= \
    --interface=eth0 --bind-interfaces --address=/www.example.test/198.51.100.10 --address=/phish.test/198.51.100.10 \
    --dhcp-range=192.0.2.100,192.0.2.150,1h --dhcp-leasefile="$work/leases" \
    --dhcp-option=option:router,192.0.2.1 --dhcp-option=option:dns-server,192.0.2.1 > "$work/dnsmasq.log" 2>&1 &
  inside "$wan" iperf3 -s > "$work/iperf3-server.log" 2>&1 &
  eventually 5 inside "$wan" curl -fsS http://198.51.100.10/ || failed "nginx did not start: $(tail -n 1 "$work/nginx.log")"

  cat > "$work/lease" <<'SCRIPT'
#!/bin/sh
# What udhcpc calls with a lease: set the address and the way out, and touch no file of this machine.
[ "$1" = bound ] || exit 0
ip address replace "$ip/$mask" dev "$interface"
ip route replace default via "$router" dev "$interface"
SCRIPT
  chmod 755 "$work/lease"
}

write_the_configuration() {
  mkdir -p "$work/events" "$work/state"
  echo "203.0.113.0/24" > "$work/known-bad.txt"
  echo "phish.test" > "$work/phishing.txt"
  cat > "$work/own.rules" <<'RULES'
drop http any any -> any any (msg:"Somebody climbs out of the web folder"; flow:established,to_server; http.uri.raw; content:"/../../"; classtype:web-application-attack; sid:9990001; rev:1;)
RULES
  cat > "$work/genkan.yaml" <<CONF
ports:
  inside: [lan0]
  outside: [wan0]
reputation:
  lists:
    - name: known-bad
      file: $work/known-bad.txt
      action: block
urlfilter:
  contact: the office's administrator, extension 123
  lists:
    - name: reported-phishing
      file: $work/phishing.txt
      category: phishing
      action: block
ips:
  rules: [$work/own.rules]
isolation:
  exceptions: [198.51.100.20]
  gateways: [192.0.2.1]
events:
  directory: $work/events
state:
  directory: $work/state
host:
  address: none
CONF
}

# ---------------------------------------------------------------- what the steps are made of

genkan() { "$home/genkan" "$@" --state "$work/state"; }

start_the_engine() {
  local from
  from=$(milliseconds)
  # Not by way of a function: each step of this line becomes the next by exec, so that $! is the JVM itself.
  ip netns exec "$box" "$home/genkan" run --config "$work/genkan.yaml" >> "$work/engine.log" 2>&1 &
  engine=$!
  until genkan status --json > "$work/status.json" 2> /dev/null; do
    kill -0 "$engine" 2> /dev/null || failed "the engine ended at once"
    [[ $(($(milliseconds) - from)) -lt 60000 ]] || failed "the engine was not ready after 60 s"
    sleep 0.1
  done
  ok "the engine inspects, $(($(milliseconds) - from)) ms after it was started"
}

# lease NAMESPACE NAME: asks for an address by DHCP, under a host name.
lease() {
  inside "$1" udhcpc -f -q -n -t 10 -T 1 -i eth0 -x "hostname:$2" -s "$work/lease" > "$work/udhcpc.log" 2>&1 \
    || failed "$2 got no address: $(tail -n 1 "$work/udhcpc.log")"
  ok "$2 has $(address_of "$1")"
}

address_of() { ip -n "$1" -4 -o address show dev eth0 | awk '{split($4, part, "/"); print part[1]}'; }

# page NAMESPACE URL: whether a page loads from there.
page() { inside "$1" curl -fsS --max-time 3 -o /dev/null "$2" 2> /dev/null; }

# events TYPE PATTERN: prints the newest event of the type that the pattern is found in; waits a little for it.
event() {
  eventually 5 event_is_there "$1" "$2" || failed "no $1 event says \"$2\""
  printf '       %s\n' "$(genkan events --last 50 --type "$1" | grep -- "$2" | tail -n 1)"
}
event_is_there() { genkan events --last 50 --type "$1" | grep -q -- "$2"; }

downloaded() { stat -c %s "$work/arrived" 2> /dev/null || echo 0; }
quarter_has_arrived() { [[ $(downloaded) -gt $((download_bytes / 4)) ]]; }
sum_of() { sha256sum < "$1" | cut -c 1-64; }

# ---------------------------------------------------------------- the steps

step_start() {
  title "The box is plugged in" "A bridge of two ports. Nothing on the network has to be told about it."
  command_line "genkan run --config genkan.yaml"
  start_the_engine
}

step_browse() {
  title "The office goes on as before" "DHCP, DNS, pages and bulk data, all through the box."
  lease "$desk" desk-pc
  lease "$laptop" laptop
  page "$desk" $site/ || failed "the page did not load"
  ok "desk-pc loads $site/"
  local rate
  rate=$(inside "$laptop" iperf3 -c 192.0.2.1 -t 3 -f m 2> /dev/null | awk '/receiver/ {print $7}')
  [[ -n $rate ]] || failed "iperf3 came to no result"
  ok "laptop moves $rate Mbit/s of TCP through it"
}

step_reputation() {
  title "An address on a block list is cut" "203.0.113.0/24 stands in known-bad.txt. Both directions are cut, and there is one event a flow."
  command_line "curl $listed/          (on desk-pc)"
  if page "$desk" $listed/; then failed "the listed address was reached"; fi
  ok "nothing came back; the newest alert says:"
  event alert 203.0.113.66
  page "$desk" $site/ || failed "a page that is not listed did not load"
  ok "$site/, which is on no list, still loads"
}

step_rule() {
  title "An attack is stopped by a rule" "A rule in Suricata's language. Both ends are told at once, so that nobody waits."
  command_line "curl --path-as-is $site/../../etc/passwd     (on desk-pc)"
  local from
  from=$(milliseconds)
  if inside "$desk" curl -fsS --max-time 5 --path-as-is -o /dev/null "$site/../../etc/passwd" 2> "$work/attack.log"; then
    failed "the attack reached the server"
  fi
  ok "curl was answered within $(($(milliseconds) - from)) ms: $(tail -n 1 "$work/attack.log")"
  event alert "climbs out"
  page "$desk" $site/ || failed "an ordinary page did not load"
  ok "$site/ still loads"
}

step_site() {
  title "A phishing site shows a page that says why" "phish.test is on a list, and has the same address as www.example.test, which is not."
  command_line "curl http://$phish/login     (on desk-pc)"
  local shown
  shown=$(inside "$desk" curl -sS --max-time 5 -H 'Accept-Language: en' "http://$phish/login" 2> /dev/null) \
    || failed "no page came back"
  [[ $shown == *"This page was blocked"* && $shown == *reported-phishing* ]] || failed "that was not the box's page"
  ok "the page says: blocked, list reported-phishing, category phishing"
  event url "$phish"
  command_line "curl https://$phish/          (on desk-pc)"
  local from
  from=$(milliseconds)
  if inside "$desk" curl -sSk --max-time 5 "https://$phish/" > "$work/https.log" 2>&1; then
    failed "the handshake was not ended"
  fi
  grep -qi "unrecognized name" "$work/https.log" || failed "no alert came: $(tail -n 1 "$work/https.log")"
  ok "the handshake was ended after $(($(milliseconds) - from)) ms, by an alert"
  page "$desk" $site/ || failed "the good site at the same address did not load"
  ok "$site/ still loads"
}

step_virus() {
  title "A virus does not arrive" "EICAR's harmless test file, as it is and in archives within each other. What is infected is replaced at its length."
  command_line "curl $site/eicar.com     (on desk-pc)"
  local name
  for name in eicar.com invoice.tgz; do
    inside "$desk" curl -fsS --max-time 10 -o "$work/arrived" "$site/$name" 2> /dev/null || failed "the download of $name did not end in order"
    [[ $(stat -c %s "$work/arrived") == $(stat -c %s "$work/www/$name") ]] || failed "$name has another length now"
    cmp -s "$work/arrived" "$work/www/$name" && failed "$name arrived with its virus"
    ok "$name arrived without its virus, as long as before"
  done
  event av invoice.tgz
  page "$desk" $site/harmless.gz || failed "the harmless archive did not arrive"
  ok "harmless.gz, an archive without a virus, arrived as it is"
}

step_isolation() {
  title "One machine is taken off the network, and let back" "As one does when a PC behaves oddly. The help desk stays reachable from it."
  command_line "genkan isolate desk-pc --for 2h"
  genkan isolate desk-pc --for 2h --reason demonstration > "$work/isolate.log" 2>&1 || failed "$(tail -n 1 "$work/isolate.log")"
  if page "$desk" $site/; then failed "desk-pc still reached $site/"; fi
  ok "desk-pc reaches nothing any more"
  page "$desk" $help_desk/ || failed "desk-pc did not reach the help desk"
  ok "but the help desk, which is an exception"
  page "$laptop" $site/ || failed "laptop was cut off as well"
  ok "laptop, on the same switch, does not notice"
  command_line "genkan release desk-pc"
  genkan release desk-pc > "$work/release.log" 2>&1 || failed "$(tail -n 1 "$work/release.log")"
  page "$desk" $site/ || failed "desk-pc was not let back"
  ok "desk-pc is back"
}

step_kill() {
  title "The engine is killed in the middle of a download" "The worst case, kill -9. The gate in the kernel goes on forwarding by itself."
  command_line "curl $site/download     (on laptop, 200 MB)"
  inside "$laptop" curl -fsS --max-time 60 --limit-rate 50M -o "$work/arrived" $site/download 2> "$work/curl.log" &
  local download=$!
  eventually 20 quarter_has_arrived || failed "the download did not get going"
  command_line "kill -9 $engine            (after $(($(downloaded) / 1000000)) MB)"
  kill -KILL "$engine"
  wait "$engine" 2> /dev/null || true
  if genkan status > /dev/null; then failed "the engine survived"; fi
  page "$desk" $site/ || failed "no page loads while the engine is dead"
  ok "the engine is dead, and desk-pc still loads pages"
  wait "$download" || failed "the download broke: $(tail -n 1 "$work/curl.log")"
  [[ $(sum_of "$work/arrived") == "$(sum_of "$work/www/download")" ]] || failed "the file arrived damaged"
  ok "the download came to its end, SHA-256 equal on both sides"
}

step_restart() {
  title "The engine comes back" "It takes the frames over from the gate, and looks for bad addresses again."
  start_the_engine
  if page "$desk" $listed/; then failed "the listed address was reached after the restart"; fi
  ok "the listed address is cut again"
  local open
  open=$(grep -o '"frames":{[^}]*}' "$work/status.json" | grep -o '"open":[0-9]*' | cut -d : -f 2)
  [[ ${open:-0} -gt 0 ]] || failed "the gate has not counted what it forwarded by itself"
  ok "the gate forwarded $open frames by itself while there was no engine"
}

main() {
  [[ $EUID -eq 0 ]] || refuse "it makes network namespaces, so it needs root: sudo ./genkan demo"
  [[ $# -eq 0 ]] || refuse "it takes no arguments"
  if [[ -z ${GENKAN_NO_BUILD:-} ]]; then
    "$home/build" setup demo >&2
    "$home/genkan" --version > /dev/null
  fi

  trap clean_up EXIT
  trap 'exit 130' INT TERM
  work=$(mktemp -d "${TMPDIR:-/tmp}/genkan-demo.XXXXXX")
  set_the_stage
  open_the_internet
  write_the_configuration

  printf '%sGenkan, shown on this machine%s: an office, the box and an internet in network namespaces.\n\n' "$bold" "$plain"
  sed -n '/^#     desk-pc/,/^#     laptop/ s/^# / /p' "${BASH_SOURCE[0]}"

  step_start
  step_browse
  step_reputation
  step_rule
  step_site
  step_virus
  step_isolation
  step_kill
  step_restart
  printf '\nAll of it came true, in %d s. Nothing is left behind.\n' $((SECONDS - began))
}

main "$@"
