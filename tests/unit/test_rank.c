/* The choices over ready scores: several candidates for one answer, spans that are nearly the same. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "find/rank.h"

/* Two mentions of one person outweigh a third candidate that is ahead of each of them. */
static void test_candidates_of_one_entity_count_together(void **state)
{
    (void)state;
    const float scores[] = {0.0F, 2.0F, 1.7F, 1.6F};
    const uint32_t same[] = {UINT32_MAX, 1, 2, 2};
    assert_int_equal(kiji_rank_choose(scores, same, 4), 2);
    const uint32_t apart[] = {UINT32_MAX, 1, 2, 3};
    assert_int_equal(kiji_rank_choose(scores, apart, 4), 1);
}

/* Two beginnings next to each other outweigh a third far away that is ahead of each of them. */
static void test_spans_that_match_count_together(void **state)
{
    (void)state;
    const float scores[] = {0.0F, 2.0F, 1.7F, 1.6F};
    const uint32_t near[] = {0, 100, 40, 36};
    assert_int_equal(kiji_rank_choose_span(scores, near, 4), 2);
    const uint32_t far[] = {0, 100, 40, 10};
    assert_int_equal(kiji_rank_choose_span(scores, far, 4), 0); /* none of them is likely enough alone */
}

static void test_spans_match_from_six_tenths_on(void **state)
{
    (void)state;
    const float scores[] = {0.0F, 0.2F, 0.1F};
    const uint32_t at[] = {0, 100, 60};
    assert_int_equal(kiji_rank_choose_span(scores, at, 3), 1);
    const uint32_t below[] = {0, 100, 59};
    assert_int_equal(kiji_rank_choose_span(scores, below, 3), 0);
}

/* No start, far scores, scores that are equal: a candidate of the group, always. */
static void test_edges(void **state)
{
    (void)state;
    const float scores[] = {-80.0F, 90.0F, 90.0F};
    const uint32_t lengths[] = {0, 10, 10};
    assert_int_equal(kiji_rank_choose_span(scores, lengths, 1), 0);
    assert_int_equal(kiji_rank_choose_span(scores, lengths, 3), 1);
    const float none[] = {50.0F, -50.0F};
    assert_int_equal(kiji_rank_choose_span(none, lengths, 2), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_candidates_of_one_entity_count_together),
        cmocka_unit_test(test_spans_that_match_count_together),
        cmocka_unit_test(test_spans_match_from_six_tenths_on),
        cmocka_unit_test(test_edges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
