"""Words that say nothing about the subject, in any text."""

from text.fold import fold


def words(text: str) -> frozenset[str]:
    return frozenset(map(fold, text.split()))


_ARABIC = words("""
في من إلى على عن مع ما لا لم لن أن إن أو أم بل ثم قد كل هو هي هم هن هذا هذه ذلك تلك هؤلاء أولئك الذي التي الذين اللذين
اللواتي اللاتي كان كانت يكون تكون كما كي لكي لكن حتى حيث إذا إذ لو لولا بين بعد قبل عند لدى منذ خلال حول ضد غير سوى
فقط أيضا كذلك هنا هناك ثمة أي أية به بها بهم له لها لهم لديه لديها فيه فيها فيهم منه منها منهم عنه عنها عليه عليها
عليهم إليه إليها معه معها وفي ومن وعلى وإلى وعن ومع وما ولا وهو وهي وكان وكذلك وأن وإن فإن بأن لأن كأن مما عما فيما
مثل نحو ضمن عبر دون بدون بشكل يتم تم نحن أنا أنت أنتم يا ليس ليست بعض جميع كافة أكثر أقل أحد إحدى عدة الـ و ف ب ك ل س
ال
""")
_FRENCH = words("""
a à au aux avec ce ces cet cette ceux celle celles celui ci comme dans de des du donc dont elle elles en entre est et
étaient été être eu eux hors il ils je la là le les leur leurs lui ma mais me mes moi mon ne ni nos notre nous on ont
ou où par parmi pas pendant peu plus pour puis avant après qu que quel quelle quelles quels qui quoi sa sans se selon
ses si sont sous sur ta te tes toi ton tous tout toute toutes très tu un une vers via vos votre vous y ainsi afin
aussi chez depuis lors autres autre même ayant sera seront était c d j l m n s t aujourd hui jusqu lorsque lorsqu
puisque puisqu quoique contre son auprès ensemble notamment cela ça ceci
""")
_ENGLISH = words("""
a am an and are as at be been being but by can could did do does for from had has have having he her hers him his how i
if in into is it its itself me my no nor not of off on or our ours out over she should so some such than that the
their theirs them then there these they this those through to too under until up upon us very was we were what when
where which while who whom whose why will with within without would you your yours about also among between both each
other others via per s t
""")
# In capitals these join words or are written so by habit; other short words in capitals are abbreviations: IT, AI, SE.
JOINING = words(
    "and or not et ou mais sauf sans avec de du des la le les un une the of with without for pour dans sur dr mr mme mlle mrs"
)
STOPWORDS = {"ar": _ARABIC, "fr": _FRENCH, "en": _ENGLISH}
LATIN_STOPWORDS = _FRENCH | _ENGLISH
