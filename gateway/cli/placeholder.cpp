namespace siaga {}
