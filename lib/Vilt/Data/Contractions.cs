namespace Vilt.Data;

/// <summary>
/// The contractions that the official VQA evaluation restores: its own table, mistakes included, except the entries that
/// change nothing and those that never match because their keys have capitals (Im, Ive, Id've, I'dve).
/// </summary>
internal static class Contractions
{
    // Each contraction, and the spellings that become it.
    private const string Table = """
        ain't: aint; aren't: arent; can't: cant; couldn't: couldnt; couldn't've: couldn'tve couldnt've; could've: couldve
        didn't: didnt; doesn't: doesnt; don't: dont; hadn't: hadnt; hadn't've: hadn'tve hadnt've; hasn't: hasnt
        haven't: havent; he'd: hed; he'd've: he'dve hed've; he's: hes; how'd: howd; how'll: howll; how's: hows; isn't: isnt
        it'd: itd; it'd've: itd've it'dve; it'll: itll; ma'am: maam; mightn't: mightnt; mightn't've: mightnt've mightn'tve
        might've: mightve; mustn't: mustnt; must've: mustve; needn't: neednt; not've: notve; o'clock: oclock
        oughtn't: oughtnt; 'ow's'at: 'ows'at ow's'at 'ow'sat; shan't: shant; she'd've: shed've she'dve; shouldn't: shouldnt
        shouldn't've: shouldn'tve shouldnt've; should've: shouldve; somebodyd: somebody'd
        somebody'd've: somebody'dve somebodyd've; somebody'll: somebodyll; somebody's: somebodys; someone'd: someoned
        someone'd've: someone'dve someoned've; someone'll: someonell; someone's: someones; something'd: somethingd
        something'd've: somethingd've something'dve; something'll: somethingll; that's: thats; there'd: thered
        there'd've: thered've there'dve; there're: therere; there's: theres; they'd: theyd; they'd've: theyd've they'dve
        they'll: theyll; they're: theyre; they've: theyve; 'twas: twas; wasn't: wasnt; we'd've: wed've we'dve; weren't: werent
        we've: weve; what'll: whatll; what're: whatre; what's: whats; what've: whatve; when's: whens; where'd: whered
        where's: wheres; where've: whereve; who'd: whod; who'd've: who'dve whod've; who'll: wholl; who's: whos; who've: whove
        why'll: whyll; why're: whyre; why's: whys; won't: wont; wouldn't: wouldnt; wouldn't've: wouldnt've wouldn'tve
        would've: wouldve; y'all: yall; y'all'd've: y'alld've y'all'dve yall'd've; y'all'll: yall'll y'allll; you'd: youd
        you'd've: youd've you'dve; you'll: youll; you're: youre; you've: youve
        """;

    private static readonly Dictionary<string, string> ByWord = Parse();

    /// <summary>The contraction that the evaluation writes for a lower-case word, or the word itself.</summary>
    public static string Restore(string word) => ByWord.GetValueOrDefault(word, word);

    private static Dictionary<string, string> Parse()
    {
        Dictionary<string, string> byWord = [];
        foreach (var entry in Table.Split([';', '\n'], StringSplitOptions.TrimEntries))
        {
            var sides = entry.Split(": ");
            foreach (var word in sides[1].Split(' '))
            {
                byWord.Add(word, sides[0]);
            }
        }

        return byWord;
    }
}
