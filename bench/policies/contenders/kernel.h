// What every generated kernel starts with: comparisons of 64 rows into one word of bits.
#include <stdint.h>
#include <string.h>
#if defined(__AVX512F__) && defined(__AVX512BW__)
#include <immintrin.h>
#define COMPARISON(NAME, OP, IMMEDIATE)                                                       \
    static inline uint64_t NAME(const double *x, const double *y) {                           \
        uint64_t bits = 0;                                                                    \
        for (int i = 0; i < 8; i++)                                                           \
            bits |= (uint64_t)_mm512_cmp_pd_mask(_mm512_loadu_pd(x + 8 * i),                  \
                                                 _mm512_loadu_pd(y + 8 * i), IMMEDIATE)       \
                    << (8 * i);                                                               \
        return bits;                                                                          \
    }                                                                                         \
    static inline uint64_t NAME##_1(const double *x, double y) {                              \
        uint64_t bits = 0;                                                                    \
        __m512d all = _mm512_set1_pd(y);                                                      \
        for (int i = 0; i < 8; i++)                                                           \
            bits |= (uint64_t)_mm512_cmp_pd_mask(_mm512_loadu_pd(x + 8 * i), all, IMMEDIATE)  \
                    << (8 * i);                                                               \
        return bits;                                                                          \
    }
static inline uint64_t packed(const uint8_t *b) {
    return _mm512_test_epi8_mask(_mm512_loadu_si512(b), _mm512_loadu_si512(b));
}
#else
#define COMPARISON(NAME, OP, IMMEDIATE)                                                       \
    static inline uint64_t NAME(const double *x, const double *y) {                           \
        uint64_t bits = 0;                                                                    \
        for (int i = 0; i < 64; i++) bits |= (uint64_t)(x[i] OP y[i]) << i;                   \
        return bits;                                                                          \
    }                                                                                         \
    static inline uint64_t NAME##_1(const double *x, double y) {                              \
        uint64_t bits = 0;                                                                    \
        for (int i = 0; i < 64; i++) bits |= (uint64_t)(x[i] OP y) << i;                      \
        return bits;                                                                          \
    }
static inline uint64_t packed(const uint8_t *b) {
    uint64_t bits = 0;
    for (int i = 0; i < 64; i++) bits |= (uint64_t)(b[i] != 0) << i;
    return bits;
}
#endif
COMPARISON(ge, >=, 29)
COMPARISON(gt, >, 30)
COMPARISON(le, <=, 18)
COMPARISON(lt, <, 17)
static inline double least(double a, double b) { return a < b ? a : b; }
static inline double greatest(double a, double b) { return a > b ? a : b; }
#define WORDS 256
