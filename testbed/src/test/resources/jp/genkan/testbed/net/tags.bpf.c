// VLAN tags for the test bed's hosts: kernels without 802.1Q devices can still push and pop tags at the traffic-control hooks, and
// super-frames stay whole, as with a real VLAN device.
#define SEC(name) __attribute__((section(name), used))
#define OUTER_ID 200
#define INNER_ID 300
#define ID 100
#define ETH_P_8021Q 0x0081  // in network order
#define ETH_P_8021AD 0xa888 // in network order
#define TC_ACT_OK 0
#define TC_ACT_SHOT 2

struct __sk_buff { // linux/bpf.h, as far as it is used
    unsigned int len, pkt_type, mark, queue_mapping, protocol, vlan_present, vlan_tci, vlan_proto;
};

static long (*const vlan_push)(struct __sk_buff *, unsigned short, unsigned short) = (void *)18;
static long (*const vlan_pop)(struct __sk_buff *) = (void *)19;

SEC("tag/push1") int push1(struct __sk_buff *skb) { return vlan_push(skb, ETH_P_8021Q, ID) ? TC_ACT_SHOT : TC_ACT_OK; }

SEC("tag/push2") int push2(struct __sk_buff *skb)
{
    if (vlan_push(skb, ETH_P_8021Q, INNER_ID))
        return TC_ACT_SHOT;
    return vlan_push(skb, ETH_P_8021AD, OUTER_ID) ? TC_ACT_SHOT : TC_ACT_OK;
}

// A frame that lost its tag on the way, or has another, is not for this host.
static inline int take(struct __sk_buff *skb, unsigned int protocol, unsigned int id)
{
    if (!skb->vlan_present || skb->vlan_proto != protocol || (skb->vlan_tci & 0xfff) != id)
        return -1;
    return vlan_pop(skb);
}

SEC("tag/pop1") int pop1(struct __sk_buff *skb) { return take(skb, ETH_P_8021Q, ID) ? TC_ACT_SHOT : TC_ACT_OK; }

SEC("tag/pop2") int pop2(struct __sk_buff *skb)
{
    if (take(skb, ETH_P_8021AD, OUTER_ID))
        return TC_ACT_SHOT;
    return take(skb, ETH_P_8021Q, INNER_ID) ? TC_ACT_SHOT : TC_ACT_OK;
}

char terms[] SEC("license") = "Apache-2.0";
