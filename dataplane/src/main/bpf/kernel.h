/* SPDX-License-Identifier: Apache-2.0
 *
 * What the programs here need of the kernel's stable interface, and nothing else: so that the build needs clang and no header package, and
 * the same object runs on every machine. The programs are licensed Apache-2.0, hence only helpers that are not reserved for the GPL.
 */
#ifndef GENKAN_KERNEL_H
#define GENKAN_KERNEL_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef long long s64;

#define SECTION(name) __attribute__((section(name), used))
#define INLINE static inline __attribute__((always_inline))
#define LICENSE char license_text[] SECTION("license") = "Apache-2.0"

/* A constant that the loader sets for each instance of a program; the verifier then knows its value and removes what is dead. */
#define SETTING(type, name) const volatile type name = 0

/* The head of struct __sk_buff: a frame as a program sees it. */
struct __sk_buff {
    u32 len, pkt_type, mark, queue_mapping;
    u32 protocol; /* EtherType behind the tag that the kernel took out, in network order */
    u32 vlan_present, vlan_tci, vlan_proto;
    u32 priority, ingress_ifindex, ifindex, tc_index, cb[5], hash, tc_classid;
    u32 data, data_end;
};

enum { PACKET_OUTGOING = 4 };

/* What a TCX program says: ask the next one, drop, or as bpf_redirect() answers. */
enum { TCX_NEXT = -1, TCX_DROP = 2 };

/* Where bpf_skb_load_bytes_relative() counts from. */
enum { FROM_MAC = 0, FROM_NETWORK = 1 };

enum { MAP_HASH = 1, MAP_ARRAY = 2, MAP_PERCPU_ARRAY = 6, MAP_LRU_HASH = 9 };
enum { MAP_MMAPABLE = 1 << 10 };
enum { UPDATE_ANY = 0 };

/* A map as the loader reads it from the section "maps". */
struct map_definition {
    u32 type, key_bytes, value_bytes, entries, flags;
};
#define MAP(name, ...) struct map_definition name SECTION("maps") = {__VA_ARGS__}

static void *(*const map_lookup)(void *map, const void *key) = (void *)1;
static long (*const map_update)(void *map, const void *key, const void *value, u64 flags) = (void *)2;
static u64 (*const get_current_pid_tgid)(void) = (void *)14;
static long (*const clone_redirect)(struct __sk_buff *skb, u32 ifindex, u64 flags) = (void *)13;
static long (*const redirect)(u32 ifindex, u64 flags) = (void *)23;
static long (*const load_bytes_relative)(const void *skb, u32 offset, void *to, u32 length, u32 from) = (void *)68;
static u64 (*const ktime_get_coarse_ns)(void) = (void *)160;

#define ntohs(x) __builtin_bswap16(x)
#define ntohl(x) __builtin_bswap32(x)
#define ntohll(x) __builtin_bswap64(x)

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the programs are written for little-endian machines"
#endif

/* EtherTypes and PPP protocols (IEEE 802, RFC 2516, RFC 1332, RFC 5072, RFC 3032) */
enum {
    ETHERTYPE_IPV4 = 0x0800,
    ETHERTYPE_IPV6 = 0x86dd,
    ETHERTYPE_VLAN = 0x8100,
    ETHERTYPE_QINQ = 0x88a8,
    ETHERTYPE_QINQ_OLD = 0x9100,
    ETHERTYPE_PPPOE = 0x8864,
    ETHERTYPE_MPLS = 0x8847,
    ETHERTYPE_MPLS_MULTICAST = 0x8848,
    ETHERTYPE_PROBE = 0x88b5, /* IEEE 802 local experimental 1: the watchdog's probe */
    PPP_IPV4 = 0x0021,
    PPP_IPV6 = 0x0057,
};
enum { ETHERNET_BYTES = 14 };
enum { PROTOCOL_TCP = 6, PROTOCOL_UDP = 17 };
enum { TCP_FIN = 1, TCP_SYN = 2, TCP_RST = 4 };

INLINE int is_vlan(u32 ethertype)
{
    return ethertype == ETHERTYPE_VLAN || ethertype == ETHERTYPE_QINQ || ethertype == ETHERTYPE_QINQ_OLD;
}

#endif
