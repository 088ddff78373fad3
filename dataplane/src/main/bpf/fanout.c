/* SPDX-License-Identifier: Apache-2.0
 *
 * Which worker a frame belongs to: a hash of its unordered pair of addresses, so that both directions of a flow, and all fragments of what the
 * two say to each other, reach one worker. VLAN tags, PPPoE and MPLS are looked through; what is not IP goes by its unordered pair of MACs.
 * The kernel takes the answer modulo the number of workers.
 *
 * The watchdog's probe names the worker that it is for.
 */
#include "kernel.h"

enum { LABELS_MAX = 8, TAGS_MAX = 2 };

/* Of the probe: magic (4 octets), then the worker's number. Probe.java writes it. */
enum { PROBE_MAGIC = 0x474b5042 };

SETTING(u64, seed);

LICENSE;

/* A bijection of 64 bits in which each bit of the input changes about half of the output (after Stafford's variant 13 of the SplitMix64 finalizer). */
INLINE u64 mix(u64 x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9ULL;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebULL;
    return x ^ x >> 31;
}

/* The same for both orders; a sum, because an exclusive or would make all pairs of equal addresses the same. */
INLINE u32 pair(u64 a, u64 b)
{
    return mix(mix(a ^ seed) + mix(b ^ seed)) >> 33;
}

INLINE u32 pair_of_macs(struct __sk_buff *skb)
{
    u16 mac[6] = {};
    if (load_bytes_relative(skb, 0, mac, sizeof(mac), FROM_MAC))
        return 0;
    return pair((u64)mac[0] << 32 | (u64)mac[1] << 16 | mac[2], (u64)mac[3] << 32 | (u64)mac[4] << 16 | mac[5]);
}

SECTION("fanout")
int genkan_fanout(struct __sk_buff *skb)
{
    u32 type = ntohs(skb->protocol), at = 0;

    if (type == ETHERTYPE_PROBE) {
        u32 probe[2];
        if (!load_bytes_relative(skb, 0, probe, sizeof(probe), FROM_NETWORK) && probe[0] == ntohl(PROBE_MAGIC))
            return ntohl(probe[1]) & 0xffff;
    }
#pragma unroll
    for (int i = 0; i < TAGS_MAX; i++) {
        u16 tag[2];
        if (!is_vlan(type))
            break;
        if (load_bytes_relative(skb, at, tag, sizeof(tag), FROM_NETWORK))
            return pair_of_macs(skb);
        type = ntohs(tag[1]);
        at += sizeof(tag);
    }
    if (type == ETHERTYPE_PPPOE) {
        u16 pppoe[4];
        if (load_bytes_relative(skb, at, pppoe, sizeof(pppoe), FROM_NETWORK))
            return pair_of_macs(skb);
        type = ntohs(pppoe[3]) == PPP_IPV4 ? ETHERTYPE_IPV4 : ntohs(pppoe[3]) == PPP_IPV6 ? ETHERTYPE_IPV6 : 0;
        at += sizeof(pppoe);
    } else if (type == ETHERTYPE_MPLS || type == ETHERTYPE_MPLS_MULTICAST) {
        u32 label = 0;
        u8 version = 0;
#pragma unroll
        for (int i = 0; i < LABELS_MAX; i++) {
            if (load_bytes_relative(skb, at, &label, sizeof(label), FROM_NETWORK))
                return pair_of_macs(skb);
            at += sizeof(label);
            if (ntohl(label) & 0x100) /* bottom of the stack */
                break;
        }
        if (!(ntohl(label) & 0x100) || load_bytes_relative(skb, at, &version, 1, FROM_NETWORK))
            return pair_of_macs(skb);
        type = version >> 4 == 4 ? ETHERTYPE_IPV4 : version >> 4 == 6 ? ETHERTYPE_IPV6 : 0;
    }
    if (type == ETHERTYPE_IPV4) {
        u32 address[2];
        if (load_bytes_relative(skb, at + 12, address, sizeof(address), FROM_NETWORK))
            return pair_of_macs(skb);
        return pair(address[0], address[1]);
    }
    if (type == ETHERTYPE_IPV6) {
        u64 address[4];
        if (load_bytes_relative(skb, at + 8, address, sizeof(address), FROM_NETWORK))
            return pair_of_macs(skb);
        return pair(mix(address[0]) + address[1], mix(address[2]) + address[3]);
    }
    return pair_of_macs(skb);
}
