#include "find/find.h"

typedef enum match { WHOLE, WHOLE_OR_BASE, END } match;

#define MOST 44
#define W(text)                                                                                                        \
    {                                                                                                                  \
        (text), sizeof(text) - 1                                                                                       \
    }

static const struct {
    match match;
    kiji_str words[MOST]; /* ended by an empty one */
} lists[KIJI_LISTS] = {
    [KIJI_LIST_CONTENT] = {WHOLE, {W("旨"),   W("方針"), W("意向"),    W("考え"), W("意思"),   W("意図"),   W("姿勢"),
                                   W("立場"), W("認識"), W("見解"),    W("見方"), W("見通し"), W("可能性"), W("計画"),
                                   W("懸念"), W("予定"), W("意見"),    W("必要"), W("必要性"), W("回答"),   W("事実"),
                                   W("要望"), W("希望"), W("決意"),    W("疑い"), W("批判"),   W("判断"),   W("期待"),
                                   W("談話"), W("声明"), W("コメント")}},
    [KIJI_LIST_SAYING] = {WHOLE, {W("発言"), W("見方"), W("意見"), W("声"),   W("コメント"), W("考え"),
                                  W("指摘"), W("批判"), W("主張"), W("回答"), W("談話"),     W("声明"),
                                  W("認識"), W("見解"), W("質問"), W("要請"), W("報告"),     W("証言"),
                                  W("言葉"), W("話"),   W("答え"), W("説明"), W("答弁"),     W("感想"),
                                  W("返答"), W("抗議"), W("懸念"), W("方針"), W("姿勢"),     W("立場"),
                                  W("疑問"), W("訴え"), W("反論"), W("期待"), W("判断"),     W("メッセージ")}},
    [KIJI_LIST_TOLD] = {WHOLE,
                        {W("話"), W("説明"), W("声"), W("指摘"), W("証言"), W("批判"), W("意見"), W("コメント"),
                         W("発言"), W("見方"), W("見解")}},
    [KIJI_LIST_SPOKEN] = {WHOLE_OR_BASE,
                          {W("です"), W("ます"), W("私"), W("我々"), W("われわれ"), W("ください"), W("ね"), W("よ"),
                           W("ない"), W("たい"), W("だろう"), W("か"), W("でしょ"), W("べき"), W("う"), W("な")}},
    [KIJI_LIST_I] = {WHOLE, {W("私"), W("僕"), W("俺"), W("わたし"), W("自分")}},
    [KIJI_LIST_WE] = {WHOLE, {W("我々"), W("われわれ"), W("わが国")}},
    [KIJI_LIST_OUR_BODY] = {WHOLE, {W("当社"), W("弊社"), W("当局")}},
    [KIJI_LIST_POLITE] = {WHOLE, {W("です"), W("ます"), W("でし"), W("まし"), W("ください")}},
    [KIJI_LIST_OCCASION] = {WHOLE,
                            {W("会見"), W("記者会見"), W("声明"), W("演説"), W("談話"), W("会談"), W("会合"),
                             W("委員会"), W("講演"), W("ブログ"), W("ツイッター"), W("X"), W("番組"), W("インタビュー"),
                             W("取材"), W("答弁")}},
    [KIJI_LIST_HUMAN] = {END, {W("者"), W("家"), W("員"), W("長"), W("人"), W("側"),   W("筋"),  W("団"), W("官"),
                               W("士"), W("局"), W("署"), W("課"), W("部"), W("所"),   W("会"),  W("派"), W("国"),
                               W("民"), W("師"), W("生"), W("社"), W("親"), W("閣僚"), W("首脳")}},
    [KIJI_LIST_MILITARY] = {WHOLE, {W("自衛隊"), W("防衛"), W("軍"),   W("部隊"), W("配備"), W("発射"), W("就役"),
                                    W("進水"),   W("迎撃"), W("撃墜"), W("撃沈"), W("搭載"), W("国防"), W("ミサイル"),
                                    W("兵器"),   W("戦闘"), W("軍事"), W("海軍"), W("空軍"), W("陸軍"), W("護衛艦"),
                                    W("艦隊"),   W("飛来"), W("被弾"), W("砲撃"), W("実戦"), W("米軍"), W("陸自"),
                                    W("海自"),   W("空自"), W("供与"), W("装備"), W("武器"), W("空爆"), W("爆撃"),
                                    W("侵攻"),   W("試射"), W("射程"), W("防空"), W("弾頭"), W("艦艇"), W("軍艦"),
                                    W("巡視船")}},
};

_Static_assert(2 * KIJI_LISTS <= 32, "word->lists has two bits for each list");

static bool fits(match how, const kiji_word *word, kiji_str listed)
{
    if (how == END) {
        return kiji_str_ends(word->surface, listed.ptr);
    }
    return kiji_str_equal(word->surface, listed) || (how == WHOLE_OR_BASE && kiji_str_equal(word->base, listed));
}

void kiji_word_lists_look(kiji_word *word, kiji_word_list list)
{
    bool found = false;
    for (const kiji_str *listed = lists[list].words; listed->len != 0 && !found; listed++) {
        found = fits(lists[list].match, word, *listed);
    }
    word->lists |= (found ? 3u : 1u) << (2 * list);
}
