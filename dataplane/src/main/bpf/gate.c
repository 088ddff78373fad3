/* SPDX-License-Identifier: Apache-2.0
 *
 * The gate: who forwards a frame, the inspector or the kernel. Three programs see each frame that a port receives, in this order and on one CPU:
 *
 *     ring    the socket filter of a worker's ring. It alone decides: TAKEN (the frame goes into the ring), or a reason why not. It leaves the
 *             decision in this CPU's slot. One instance a worker.
 *     guard   on TCX ingress, before all others; belongs to the process and goes with it. It reads the slot: what the ring took is dropped
 *             here, what belongs to a settled flow is sent to its way out, the rest is left to "open" (or dropped under fail: closed).
 *             One instance a port.
 *     open    on TCX ingress, after it; belongs to the interface and stays when the process dies. Forwards like a learning switch.
 *             One instance a port.
 *
 *     exit    sees every thread of the machine that ends, and notes when it was a worker: so a killed process is passed over before the kernel
 *             has got around to closing its descriptors. One instance a process.
 *
 * So a frame is forwarded by the kernel exactly when no ring took it: starting, stopping and dying can neither lose a frame nor repeat one.
 * Bytes of a frame are never changed.
 */
#include "kernel.h"

/* Numbers that GateLayout.java repeats. */
enum { PORTS_MAX = 16, WORKERS_MAX = 64 };

/* Which way a frame took. The first six are what the slot may hold. */
enum way {
    WAY_OPEN,      /* forwarded by the kernel: no inspector is active */
    WAY_RING,      /* to a worker */
    WAY_SETTLED,   /* forwarded by the kernel: its flow is settled */
    WAY_STALE,     /* forwarded by the kernel: the worker gives no sign of life */
    WAY_TOO_LARGE, /* forwarded by the kernel: does not fit into a slot of the ring */
    WAY_CLOSED,    /* dropped: would have been forwarded uninspected, and the policy is fail: closed */
    WAY_FILTERED,  /* dropped by the kernel's switch: the destination is behind the port that it came from */
    WAY_PROBE,     /* dropped: a watchdog's probe while no inspector is active */
    WAYS,
};

struct count {
    u64 frames, bytes;
};

/* One of these for each CPU: the slot that carries the ring's decision, and the counters. */
struct cpu {
    u32 way;
    u32 egress; /* ifindex, for WAY_SETTLED */
    struct count counts[PORTS_MAX][WAYS];
};

/* Shared by all processes that ever guard these ports: which of them takes frames, 0 for none. */
struct control {
    u64 active_instance;
};

/* Of one process, and written by it through shared memory. */
struct state {
    u64 generation;           /* flows settled under another generation are not settled any more */
    u64 host_ifindex;         /* where probes come from; 0 when there is no host port */
    u64 settled_any;          /* 0 until a flow was settled: nobody needs to look */
    s64 heartbeat[WORKERS_MAX]; /* CLOCK_MONOTONIC nanoseconds of each worker's last sign of life */
    u32 thread[WORKERS_MAX];    /* each worker's thread number; 0 when not known */
};

struct flow_key {
    u32 ifindex; /* where the frame came in */
    u32 vlans;   /* 12 bits for each of at most two tags, the outer one lowest */
    u64 source[2], destination[2]; /* network order; IPv4 as ::ffff:a.b.c.d */
    u16 source_port, destination_port; /* network order */
    u16 pppoe_session;
    u16 protocol;
};

struct flow {
    u64 generation;
    u64 frames, bytes;
    u64 seen; /* CLOCK_MONOTONIC nanoseconds, to a timer tick */
    u32 egress; /* ifindex */
    u32 reserved;
};

struct station {
    u64 seen;
    u32 ifindex;
    u32 reserved;
};

MAP(genkan_cpu, MAP_PERCPU_ARRAY, sizeof(u32), sizeof(struct cpu), 1, 0);
MAP(genkan_control, MAP_ARRAY, sizeof(u32), sizeof(struct control), 1, MAP_MMAPABLE);
MAP(genkan_macs, MAP_LRU_HASH, sizeof(u64), sizeof(struct station), 8192, 0);
MAP(genkan_state, MAP_ARRAY, sizeof(u32), sizeof(struct state), 1, MAP_MMAPABLE);
MAP(genkan_settled, MAP_LRU_HASH, sizeof(struct flow_key), sizeof(struct flow), 131072, 0);

/* of ring */
SETTING(u64, instance);
SETTING(u32, worker);
SETTING(u32, frame_max);
SETTING(u64, stale_nanos);
/* of guard and open */
SETTING(u32, port);
SETTING(u32, port_is_host);
SETTING(u32, fail_closed);
SETTING(u32, others);
const volatile u32 other[PORTS_MAX] = {0}; /* ifindex of every other port */

/* A station that was not heard of for this long is looked for at all ports again (IEEE 802.1D's default), and noted at most once a second. */
#define STATION_AGE_NANOS 300000000000ULL
#define STATION_NOTE_NANOS 1000000000ULL

LICENSE;

INLINE void *only(void *map)
{
    u32 key = 0;
    return map_lookup(map, &key);
}

/* ---- ring: take the frame, or say why not ---- */

/* What is read of the network layer: the IP header and the two ports behind it. */
enum { IPV4_TO_PORTS_BYTES = 24, IPV6_TO_PORTS_BYTES = 44, HEAD_BYTES = 48 };

struct head {
    union {
        u8 octet[HEAD_BYTES];
        u16 word[HEAD_BYTES / 2];
        u32 half[HEAD_BYTES / 4];
        u64 whole[HEAD_BYTES / 8];
    };
};

/* Fills the key of a frame that may be settled: an unfragmented TCP or UDP packet without options or extension headers that neither begins
 * nor ends a connection. Anything else is for the inspector. */
INLINE int flow_key_of(struct __sk_buff *skb, struct flow_key *key)
{
    struct head head = {};
    u32 type = ntohs(skb->protocol), at = 0, vlans = 0, shift = 0;

    if (skb->vlan_present) {
        vlans = skb->vlan_tci & 0xfff;
        shift = 12;
    }
    if (is_vlan(type)) {
        u16 tag[2];
        if (load_bytes_relative(skb, 0, tag, sizeof(tag), FROM_NETWORK))
            return 0;
        vlans |= (ntohs(tag[0]) & 0xfff) << shift;
        type = ntohs(tag[1]);
        at = sizeof(tag);
    }
    if (type == ETHERTYPE_PPPOE) {
        u16 pppoe[4]; /* version, type and code; session; length; PPP protocol */
        if (load_bytes_relative(skb, at, pppoe, sizeof(pppoe), FROM_NETWORK) || ntohs(pppoe[0]) != 0x1100)
            return 0;
        key->pppoe_session = pppoe[1];
        type = ntohs(pppoe[3]) == PPP_IPV4 ? ETHERTYPE_IPV4 : ntohs(pppoe[3]) == PPP_IPV6 ? ETHERTYPE_IPV6 : 0;
        at += sizeof(pppoe);
    }
    if (type != ETHERTYPE_IPV4 && type != ETHERTYPE_IPV6)
        return 0;

    /* Only the first octets of a frame are within reach here, often not more than its headers: read no octet more than is needed. */
    u32 flags_at;
    if (type == ETHERTYPE_IPV4) {
        if (load_bytes_relative(skb, at, &head, IPV4_TO_PORTS_BYTES, FROM_NETWORK))
            return 0;
        /* version 4 without options, no fragment */
        if (head.octet[0] != 0x45 || (head.word[3] & ntohs(0x3fff)))
            return 0;
        key->protocol = head.octet[9];
        key->source[1] = (u64)head.half[3] << 32 | 0xffff0000;
        key->destination[1] = (u64)head.half[4] << 32 | 0xffff0000;
        key->source_port = head.word[10];
        key->destination_port = head.word[11];
        flags_at = at + 20 + 13;
    } else {
        if (load_bytes_relative(skb, at, &head, IPV6_TO_PORTS_BYTES, FROM_NETWORK))
            return 0;
        if (head.octet[0] >> 4 != 6)
            return 0;
        key->protocol = head.octet[6];
        key->source[0] = head.whole[1];
        key->source[1] = head.whole[2];
        key->destination[0] = head.whole[3];
        key->destination[1] = head.whole[4];
        key->source_port = head.word[20];
        key->destination_port = head.word[21];
        flags_at = at + 40 + 13;
    }
    if (key->protocol == PROTOCOL_TCP) {
        u8 flags;
        if (load_bytes_relative(skb, flags_at, &flags, sizeof(flags), FROM_NETWORK) || (flags & (TCP_FIN | TCP_SYN | TCP_RST)))
            return 0;
    } else if (key->protocol != PROTOCOL_UDP) {
        return 0;
    }
    key->ifindex = skb->ifindex;
    key->vlans = vlans;
    return 1;
}

INLINE u32 settled_egress(struct __sk_buff *skb, struct state *state, u64 now)
{
    struct flow_key key = {};
    if (!flow_key_of(skb, &key))
        return 0;
    struct flow *flow = map_lookup(&genkan_settled, &key);
    if (!flow || flow->generation != state->generation)
        return 0;
    __sync_fetch_and_add(&flow->frames, 1);
    __sync_fetch_and_add(&flow->bytes, skb->len);
    flow->seen = now;
    return flow->egress;
}

enum { IGNORE = 0, TAKE = -1 };

SECTION("ring")
int genkan_ring(struct __sk_buff *skb)
{
    if (skb->pkt_type == PACKET_OUTGOING)
        return IGNORE; /* a tap sees what leaves, too */
    struct cpu *cpu = only(&genkan_cpu);
    struct control *control = only(&genkan_control);
    struct state *state = only(&genkan_state);
    if (!cpu || !control || !state || control->active_instance != instance)
        return IGNORE; /* and leave the slot to the process that is active */

    if (skb->protocol == ntohs(ETHERTYPE_PROBE) && skb->ifindex == state->host_ifindex) {
        cpu->way = WAY_RING; /* also when the worker looks dead: the probe finds out whether it is */
        return TAKE;
    }
    u64 now = ktime_get_coarse_ns();
    if ((s64)now - state->heartbeat[worker % WORKERS_MAX] > (s64)stale_nanos) {
        cpu->way = WAY_STALE;
        return IGNORE;
    }
    if (skb->len > frame_max) {
        cpu->way = WAY_TOO_LARGE;
        return IGNORE;
    }
    if (state->settled_any) {
        u32 egress = settled_egress(skb, state, now);
        if (egress) {
            cpu->way = WAY_SETTLED;
            cpu->egress = egress;
            return IGNORE;
        }
    }
    cpu->way = WAY_RING;
    return TAKE;
}

/* ---- exit ---- */

#define LONG_DEAD (-(1LL << 62))

/* Thread numbers are those of the initial PID namespace. In a container they may not match, or match somebody else's thread: then a living
 * worker is passed over until its next beat. */
SECTION("exit")
int genkan_exit(void *arguments __attribute__((unused)))
{
    struct state *state = only(&genkan_state);
    u32 thread = (u32)get_current_pid_tgid();
    if (!state)
        return 0;
    for (u32 i = 0; i < WORKERS_MAX; i++)
        if (state->thread[i] == thread) {
            state->thread[i] = 0;
            state->heartbeat[i] = LONG_DEAD;
        }
    return 0;
}

/* ---- guard and open ---- */

INLINE void count(struct cpu *cpu, u32 way, u32 bytes)
{
    struct count *count = &cpu->counts[port % PORTS_MAX][way % WAYS];
    count->frames++;
    count->bytes += bytes;
}

INLINE u64 mac_at(const u8 *at)
{
    return (u64)ntohs(*(const u16 *)at) << 32 | ntohl(*(const u32 *)(at + 2));
}

INLINE int is_group(u64 mac)
{
    return mac >> 40 & 1;
}

/* Notes behind which port the sender is. With two ports there is nothing to learn. */
INLINE void learn(struct __sk_buff *skb)
{
    const u8 *frame = (const u8 *)(long)skb->data, *end = (const u8 *)(long)skb->data_end;
    if (others < 2 || frame + ETHERNET_BYTES > end)
        return;
    u64 source = mac_at(frame + 6);
    if (is_group(source))
        return;
    u64 now = ktime_get_coarse_ns();
    struct station *known = map_lookup(&genkan_macs, &source);
    if (!known) {
        struct station made = {.seen = now, .ifindex = skb->ifindex};
        map_update(&genkan_macs, &source, &made, UPDATE_ANY);
    } else if (known->ifindex != skb->ifindex || now - known->seen > STATION_NOTE_NANOS) {
        known->ifindex = skb->ifindex;
        known->seen = now;
    }
}

SECTION("guard")
int genkan_guard(struct __sk_buff *skb)
{
    struct cpu *cpu = only(&genkan_cpu);
    if (!cpu)
        return fail_closed ? TCX_DROP : TCX_NEXT;
    u32 way = cpu->way;
    if (way == WAY_RING) {
        cpu->way = WAY_OPEN;
        count(cpu, WAY_RING, skb->len);
        learn(skb);
        return TCX_DROP;
    }
    if (way == WAY_SETTLED) {
        cpu->way = WAY_OPEN;
        count(cpu, WAY_SETTLED, skb->len);
        learn(skb);
        return redirect(cpu->egress, 0);
    }
    if (fail_closed) {
        cpu->way = WAY_OPEN;
        count(cpu, WAY_CLOSED, skb->len);
        return TCX_DROP;
    }
    return TCX_NEXT;
}

/* True for a port of ours other than this one: the table of stations may outlive an interface. */
INLINE int is_other(u32 ifindex)
{
#pragma unroll
    for (u32 i = 0; i < PORTS_MAX - 1; i++)
        if (i < others && other[i] == ifindex)
            return 1;
    return 0;
}

SECTION("open")
int genkan_open(struct __sk_buff *skb)
{
    struct cpu *cpu = only(&genkan_cpu);
    if (!cpu)
        return TCX_DROP;
    u32 way = cpu->way;
    cpu->way = WAY_OPEN;
    if (way != WAY_STALE && way != WAY_TOO_LARGE)
        way = WAY_OPEN; /* whatever a dying process had left in the slot */

    if (port_is_host && skb->protocol == ntohs(ETHERTYPE_PROBE)) {
        count(cpu, WAY_PROBE, skb->len);
        return TCX_DROP;
    }
    if (others == 1) {
        count(cpu, way, skb->len);
        return redirect(other[0], 0);
    }
    learn(skb);
    const u8 *frame = (const u8 *)(long)skb->data, *end = (const u8 *)(long)skb->data_end;
    if (others == 0 || frame + ETHERNET_BYTES > end) {
        count(cpu, WAY_FILTERED, skb->len);
        return TCX_DROP;
    }
    u64 destination = mac_at(frame);
    if (!is_group(destination)) {
        struct station *station = map_lookup(&genkan_macs, &destination);
        if (station && (s64)(ktime_get_coarse_ns() - station->seen) < (s64)STATION_AGE_NANOS) {
            u32 ifindex = station->ifindex;
            if (ifindex == skb->ifindex) {
                count(cpu, WAY_FILTERED, skb->len);
                return TCX_DROP;
            }
            if (is_other(ifindex)) {
                count(cpu, way, skb->len);
                return redirect(ifindex, 0);
            }
        }
    }
    count(cpu, way, skb->len);
#pragma unroll
    for (u32 i = 1; i < PORTS_MAX - 1; i++)
        if (i < others)
            clone_redirect(skb, other[i], 0);
    return redirect(other[0], 0);
}
