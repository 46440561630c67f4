/* Which addresses are of the public internet. A URL from outside must not lead into the network that Marsad runs in. */
#include <arpa/inet.h>
#include <netinet/in.h>

#include "fetch/fetch.h"

typedef struct {
    unsigned char bytes[16];
    unsigned bits; /* of them that count */
} range;

/* IPv4, by the IANA IPv4 special-purpose address registry. */
static const range not_public_4[] = {
    {{0}, 8},             /* this network */
    {{10}, 8},            /* private */
    {{100, 64}, 10},      /* shared by carriers */
    {{127}, 8},           /* loopback */
    {{169, 254}, 16},     /* link-local: also the metadata of cloud machines */
    {{172, 16}, 12},      /* private */
    {{192, 0, 0}, 24},    /* protocol assignments */
    {{192, 0, 2}, 24},    /* documentation */
    {{192, 88, 99}, 24},  /* 6to4 relays */
    {{192, 168}, 16},     /* private */
    {{198, 18}, 15},      /* benchmarks */
    {{198, 51, 100}, 24}, /* documentation */
    {{203, 0, 113}, 24},  /* documentation */
    {{224}, 4},           /* multicast */
    {{240}, 4},           /* reserved, broadcast */
};

static const range global_6 = {{0x20}, 3};

/* IPv6 within 2000::/3, by the IANA IPv6 special-purpose address registry. */
static const range not_public_6[] = {
    {{0x20, 0x01}, 23},             /* protocol assignments: Teredo, benchmarks, ORCHID */
    {{0x20, 0x01, 0x0D, 0xB8}, 32}, /* documentation */
    {{0x3F, 0xFF}, 20},             /* documentation */
};

/* IPv6 that holds an address of IPv4, and at which byte. */
static const struct {
    range range;
    size_t at;
} holds_4[] = {
    {{{[10] = 0xFF, [11] = 0xFF}, 96}, 12}, /* ::ffff:0:0/96, mapped */
    {{{0x00, 0x64, 0xFF, 0x9B}, 96}, 12},   /* 64:ff9b::/96, NAT64 */
    {{{0x20, 0x02}, 16}, 2},                /* 2002::/16, 6to4 */
};

static bool is_in(const unsigned char *address, const range *r)
{
    const unsigned whole = r->bits / 8, rest = r->bits % 8;
    if (memcmp(address, r->bytes, whole) != 0)
        return false;
    return rest == 0 || (address[whole] ^ r->bytes[whole]) >> (8 - rest) == 0;
}

static bool is_in_any(const unsigned char *address, const range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_in(address, &ranges[i]))
            return true;
    return false;
}

static bool is_public_4(const unsigned char *address)
{
    return !is_in_any(address, not_public_4, sizeof not_public_4 / sizeof *not_public_4);
}

static bool is_public_6(const unsigned char *address)
{
    for (size_t i = 0; i < sizeof holds_4 / sizeof *holds_4; i++)
        if (is_in(address, &holds_4[i].range))
            return is_public_4(address + holds_4[i].at);
    return is_in(address, &global_6) && !is_in_any(address, not_public_6, sizeof not_public_6 / sizeof *not_public_6);
}

bool address_is_public(const struct sockaddr *address)
{
    struct sockaddr_in four;
    struct sockaddr_in6 six;
    switch (address->sa_family) {
    case AF_INET:
        memcpy(&four, address, sizeof four);
        return is_public_4((const unsigned char *)&four.sin_addr);
    case AF_INET6:
        memcpy(&six, address, sizeof six);
        return is_public_6(six.sin6_addr.s6_addr);
    default:
        return false;
    }
}
