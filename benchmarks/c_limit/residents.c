/* The update of residents in C: the same rules, generated from the declarations (see c_source.py), in the same single
 * precision. A block is LANES runs on one network. The runs of a resident are contiguous, so that a loop over them is one or
 * two vectors, and an average over neighbours is a sum of whole cache lines. Every trait is an array of its own.
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifndef LANES
#define LANES 16
#endif
#define DEGREE @DEGREE_HERE@
#define GIVEN @GIVEN_HERE@
#define TRAIT(name) traits[TRAIT_##name * residents + resident][run]
#define AROUND(name) around[AROUND_##name][run]
#define SAID(name) says[SAID_##name][run]
#define HEARD(name) (heard[SAID_##name] / (float)DEGREE)
#define SUM(name) sums[SEEN_##name][run]
#define EVERY_RUN _Pragma("omp simd") for (int run = 0; run < LANES; run++)

typedef float row[LANES];

enum { @TRAITS@ };
enum { @AROUNDS@ };
enum { @SAIDS@ };
enum { @SEENS@ };

static inline float within(float value, float low, float high)
{
    value = value > low ? value : low;
    return value < high ? value : high;
}

@RULES@
static void live_one_turn(row *restrict traits, const row *restrict given, const uint32_t *restrict ties, row *restrict said,
                          row *restrict seen, size_t residents)
{
    row around[AROUND_COUNT], sums[SEEN_COUNT];

    memcpy(around, given, GIVEN * sizeof(row));
    memset(sums, 0, sizeof sums);
    EVERY_RUN {
            @COMMON@
    }

    /* What residents say to their neighbours. */
    for (size_t resident = 0; resident < residents; resident++) {
        row *restrict says = said + resident * SAID_COUNT;
        EVERY_RUN {
            @SAYING@
        }
    }

    /* What they hear from their neighbours, and how they change. */
    for (size_t resident = 0; resident < residents; resident++) {
        const uint32_t *mine = ties + resident * DEGREE;
        const row *others[DEGREE];
        for (int tie = 0; tie < DEGREE; tie++)
            others[tie] = said + mine[tie] * (size_t)SAID_COUNT;
        EVERY_RUN {
            float heard[SAID_COUNT];
            for (int name = 0; name < SAID_COUNT; name++)
                heard[name] = others[0][name][run];
            for (int tie = 1; tie < DEGREE; tie++)
                for (int name = 0; name < SAID_COUNT; name++)
                    heard[name] += others[tie][name][run];
            @JUDGING@
        }
    }

    for (int name = 0; name < SEEN_COUNT; name++)
        EVERY_RUN seen[name][run] = sums[name][run] / (float)residents;
}

/* Plays all turns of a block before the next block, so that its residents stay in the cache. */
void live(float *traits, const float *around, const uint32_t *const *ties, float *said, float *seen, size_t blocks,
           size_t residents, size_t turns)
{
    for (size_t block = 0; block < blocks; block++)
        for (size_t turn = 0; turn < turns; turn++)
            live_one_turn((row *)traits + block * residents * TRAIT_COUNT, (const row *)around + block * GIVEN, ties[block],
                          (row *)said, (row *)seen + block * SEEN_COUNT, residents);
}
