# tools/lexc: what it compiles, and each fault it refuses with table and line
source "$(dirname "$0")/lib.sh"
LEXC=${LEXC:-$DATA/lexc}
[ -x "$LEXC" ] || skip "no lexc beside the command"
TAB=$(printf '\t')

lexc()
{
    "$LEXC" --hunspell none -o out.bin "$@" >out 2>err
    status=$?
    ran="lexc $*"
}

# table NAME HEADER ROW...: a folder `lex` with this table alone; columns are parted by '|' here
table()
{
    rm -rf lex out.bin
    mkdir lex
    local name=$1
    shift
    for line in "$@"; do printf '%s\n' "${line//|/$TAB}"; done >"lex/$name"
}

# refuse MESSAGE: the folder `lex` is refused with it and nothing is written
refuse()
{
    lexc lex
    [ "$status" -eq 1 ] || complain "status is $status, not 1"
    grep -qF -- "$1" err || complain "messages have no '$1'"
    [ ! -e out.bin ] && [ ! -e out.bin.part ] || complain "a file is left"
}

accept()
{
    lexc lex
    [ "$status" -eq 0 ] || complain "status is $status, not 0"
    [ -s out.bin ] || complain "nothing was written"
}

ADJECTIVES='lemma|classes|gloss|source'
TRIGGERS='lemma|pos|kind|roles|variants|needs|gloss|source'
ACTORS='name|aliases|who|code|kind|parent|from|to|gloss|source'

# the tables that ship: no fault, and the same bytes each time
ran='lexc lexicon/ar'
"$LEXC" -o one.bin "$HERE/../../lexicon/ar" 2>err || complain "refused"
"$LEXC" -o two.bin "$HERE/../../lexicon/ar" 2>/dev/null || complain "refused"
expect_same one.bin two.bin
rm -f one.bin two.bin
"$LEXC" --check -o three.bin "$HERE/../../lexicon/ar" 2>/dev/null || complain "--check refuses"
[ ! -e three.bin ] || complain "--check writes"

# a good table, a remark, an empty line
table adjectives.tsv "$ADJECTIVES" '# a remark' '' 'عسكري|military|military|own'
accept

# shape of tables
table adjectives.tsv 'lemma|classes|gloss|source|colour' 'عسكري|military||own|red'
refuse "adjectives.tsv:1: unknown column 'colour'"
table adjectives.tsv 'lemma|gloss|source' 'عسكري||own'
refuse "adjectives.tsv:1: column 'classes' is missing"
table adjectives.tsv 'lemma|classes|classes|gloss|source' 'عسكري|||military|own'
refuse "adjectives.tsv:1: column 'classes' stands twice"
table adjectives.tsv 'source|lemma|classes|gloss' 'own|عسكري||military'
refuse "the last column is 'source'"
table adjectives.tsv "$ADJECTIVES" 'عسكري|military'
refuse 'adjectives.tsv:2: 2 columns, the first line names 4'
table colours.tsv "$ADJECTIVES" 'احمر|||own'
refuse 'colours.tsv:1: unknown table'
table notes.txt 'a'
refuse 'notes.txt:1: unknown table'
table adjectives.tsv
: >lex/adjectives.tsv
refuse 'adjectives.tsv:1:'
rm -rf lex && mkdir lex
refuse 'no tables'
rm -rf lex
refuse 'cannot read folder'

# letters
table adjectives.tsv "$ADJECTIVES" 'إسلامي|||own'
refuse "adjectives.tsv:2: 'إسلامي' in column 'lemma' is not written folded"
table adjectives.tsv "$ADJECTIVES" 'عسكَري|||own'
refuse 'is not written folded'
table adjectives.tsv "$ADJECTIVES" 'عسكري||a'$'\u200F''b|own'
refuse 'adjectives.tsv:2: invisible mark U+200F'
table adjectives.tsv "$ADJECTIVES" 'عسكري||'$'\u200B''|own'
refuse 'invisible mark U+200B'
table adjectives.tsv "$ADJECTIVES" 'عسكري||'$'\xff''|own'
refuse 'is not UTF-8'
table adjectives.tsv "$ADJECTIVES" 'عسكري|||own'$'\r'
refuse 'carriage return'
table adjectives.tsv "$ADJECTIVES" 'قصير  المدي|||own'
refuse 'two blanks'
table adjectives.tsv "$ADJECTIVES" 'عسكري|||'
refuse "adjectives.tsv:2: empty column 'source'"
table adjectives.tsv "$ADJECTIVES" '|||own'
refuse "adjectives.tsv:2: empty column 'lemma'"

# rows that stand twice, also in two tables of a family
table adjectives.tsv "$ADJECTIVES" 'عسكري|||own' 'عسكري|military||own'
refuse "adjectives.tsv:3: 'عسكري' is already in adjectives.tsv:2"
table nouns-a.tsv 'lemma|plurals|gender|classes|who|gloss|source' 'جيش|جيوش|m|force|||own'
cp lex/nouns-a.tsv lex/nouns-b.tsv
refuse "nouns-b.tsv:2: 'جيش' is already in nouns-a.tsv:2"

# names that nobody knows
table adjectives.tsv "$ADJECTIVES" 'عسكري|red||own'
refuse "adjectives.tsv:2: unknown class 'red'"
table nouns-a.tsv 'lemma|plurals|gender|classes|who|gloss|source' 'جيش|جيوش|x|force|||own'
refuse "gender is m or f, not 'x'"
table nouns-a.tsv 'lemma|plurals|gender|classes|who|gloss|source' 'جيش||m|force group body media side|||own'
refuse 'more than four classes'
table triggers-a.tsv "$TRIGGERS" 'قصف|adverb|shelling|||||own'
refuse "unknown pos 'adverb'"
table triggers-a.tsv "$TRIGGERS" 'قصف|verb|rain|||||own'
refuse "unknown kind 'rain'"
table triggers-a.tsv "$TRIGGERS" 'قصف|verb|shelling|subj=hero||||own'
refuse "unknown role 'hero'"
table triggers-a.tsv "$TRIGGERS" 'قصف|verb|shelling|فوق=target||||own'
refuse "unknown place in the grammar 'فوق'"
table triggers-a.tsv "$TRIGGERS" 'قصف|verb|shelling|subj||||own'
refuse "'subj' is not place=role"
table triggers-a.tsv "$TRIGGERS" 'قصف|verb|shelling||red=clash|||own'
refuse "unknown cue 'red'"
table triggers-a.tsv "$TRIGGERS" 'قصف|verb|shelling|||obj=@red||own'
refuse "unknown class 'red'"
table triggers-a.tsv "$TRIGGERS" 'قصف هذا ذاك|verb|shelling|||||own'
refuse 'a trigger is one word or two'
table governors.tsv 'lemma|pos|via|effect|subj|source' 'شن|verb|obj|heavy|actor|own'
refuse "unknown effect 'heavy'"
table governors.tsv 'lemma|pos|via|effect|subj|source' 'انهار|verb|subj|phase:late|none|own'
refuse "unknown phase 'late'"
table governors.tsv 'lemma|pos|via|effect|subj|source' 'حاول|verb|obj|modality:sure|actor|own'
refuse "unknown modality 'sure'"
table sayings.tsv 'lemma|pos|speaker|content|carry|source' 'قال|verb|subj|song|no|own'
refuse "unknown content 'song'"
table sayings.tsv 'lemma|pos|speaker|content|carry|source' 'قال|verb|subj|ان|perhaps|own'
refuse "unknown carry 'perhaps'"
table words.tsv 'form|class|lemma|gloss|source' 'في|verb|في||own'
refuse "unknown class 'verb'"
table time.tsv 'form|rule|gloss|source' 'امس|yesterday||own'
refuse "unknown rule 'yesterday'"
table time.tsv 'form|rule|gloss|source' 'امس|month:13||own'
refuse 'bad number in rule'
table numbers.tsv 'form|value|class|gloss|source' 'خمسة|five|unit||own'
refuse "'five' is no whole number"
table bounds.tsv 'form|bound|gloss|source' 'نحو…|nearly||own'
refuse "unknown bound 'nearly'"
table directions.tsv 'form|direction|gloss|source' 'شمال|up||own'
refuse "unknown direction 'up'"
table titles.tsv 'form|class|gloss|source' 'السيد|lord||own'
refuse "unknown class 'lord'"
table forms.tsv 'form|lemma|pos|features|source' 'قصفوا|قصف|verb|past loud|own'
refuse "unknown feature 'loud'"
table forms.tsv 'form|lemma|pos|features|source' 'قصفوا|قصف|shout|past|own'
refuse "unknown pos 'shout'"

# parties and their days
table actors-a.tsv "$ACTORS" 'جبهة النصرة||nusra||militia|||||own'
refuse "unknown kind 'militia'"
table actors-a.tsv "$ACTORS" 'جبهة النصرة||||group|||||own'
refuse "empty column 'who'"
table actors-a.tsv "$ACTORS" 'جبهة النصرة||nusra||group||2016-02-30|||own'
refuse "'2016-02-30' in column 'from' is no date"
table actors-a.tsv "$ACTORS" 'جبهة النصرة||nusra||group||2016-07-28|2012-01-23||own'
refuse 'from is after to'

# learned weights: a feature is parts name=value, weights are whole numbers of 16 bits
WEIGHTS='model|feature|weights|source'
table weights.tsv "$WEIGHTS" 'keep|kind=clash|-120 40|learned' 'keep|kind=attack|32767|learned'
accept
table weights.tsv "$WEIGHTS" 'keep|clash|120|learned'
refuse "weights.tsv:2: a part of a feature is name=value"
table weights.tsv "$WEIGHTS" 'keep|kind=clash|1 2 3 4 5|learned'
refuse "weights.tsv:2: weights are at most 4 whole numbers of 16 bits"
table weights.tsv "$WEIGHTS" 'keep|kind=clash|40000|learned'
refuse "weights.tsv:2: weights are at most 4 whole numbers of 16 bits"
table weights.tsv "$WEIGHTS" 'keep|kind=clash|much|learned'
refuse "weights.tsv:2: weights are at most 4 whole numbers of 16 bits"

# every fault is told, not the first alone
table adjectives.tsv "$ADJECTIVES" 'إسلامي|||own' 'عسكري|red||own' 'جوي|air'
refuse 'adjectives.tsv:2:'
refuse 'adjectives.tsv:3:'
refuse 'adjectives.tsv:4:'

# a verb that nobody knows is told, kept, and conjugated
table triggers-a.tsv "$TRIGGERS" 'قصف|verb|shelling|subj=actor obj=target||||own'
accept
expect_err "triggers-a.tsv:2: warning: no table and no open vocabulary knows 'قصف' as a verb"

# where it writes, and how it is called
"$LEXC" --hunspell none -o missing/out.bin lex >out 2>err
status=$? ran='lexc -o missing/out.bin'
expect_status 1
expect_err "missing/out.bin"
"$LEXC" --hunspell /nowhere -o out.bin lex >out 2>err
status=$? ran='lexc --hunspell /nowhere'
expect_status 1
expect_err 'hunspell-ar'
"$LEXC" >out 2>err
status=$? ran='lexc'
expect_status 2
expect_err 'usage: lexc'
"$LEXC" --help >out 2>err
status=$? ran='lexc --help'
expect_status 0
expect_out 'usage: lexc'

finish
