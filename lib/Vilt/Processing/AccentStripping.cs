using System.Text;

namespace Vilt.Processing;

/// <summary>Lower-case letters without their accents: Unicode's canonical decomposition (UnicodeData.txt) minus the marks.
/// <c>string.Normalize</c> would do, but leaves every text as it is where the host runs without ICU.</summary>
internal static class AccentStripping
{
    private const int HangulFirst = 0xAC00, HangulLast = 0xD7A3;
    private static readonly Dictionary<Rune, string> Stripped = [];

    static AccentStripping()
    {
        foreach (var group in Letters.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = group.IndexOf(':');
            foreach (var letter in group[(colon + 1)..].EnumerateRunes())
            {
                Stripped.Add(letter, group[..colon]);
            }
        }

        Add(CompatibilityIdeographs, 0xF900);
        Add(CompatibilityIdeographsSupplement, 0x2F800);
    }

    /// <summary>What a lower-case character is decomposed to, usually without all of its marks; null: itself.</summary>
    public static string? Decomposed(Rune character) =>
        character.Value is >= HangulFirst and <= HangulLast ? Hangul(character.Value - HangulFirst) : Stripped.GetValueOrDefault(character);

    // A syllable is a lead, a vowel and perhaps a trail (The Unicode Standard, 3.12).
    private static string Hangul(int syllable)
    {
        const int LeadFirst = 0x1100, VowelFirst = 0x1161, BeforeTrails = 0x11A7, Vowels = 21, Trails = 28;
        var (lead, vowel, trail) = (syllable / (Vowels * Trails), syllable / Trails % Vowels, syllable % Trails);
        return trail > 0
            ? $"{(char)(LeadFirst + lead)}{(char)(VowelFirst + vowel)}{(char)(BeforeTrails + trail)}"
            : $"{(char)(LeadFirst + lead)}{(char)(VowelFirst + vowel)}";
    }

    private static void Add(string ideographs, int first)
    {
        foreach (var ideograph in ideographs.ReplaceLineEndings("").EnumerateRunes())
        {
            Stripped.Add(new Rune(first++), ideograph.ToString());
        }
    }

    // Each group: what remains, a colon, the letters that leave it.
    private const string Letters = """
        ;:; <:≮ =:≠ >:≯ `:` a:àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ b:ḃḅḇ c:çćĉċčḉ d:ďḋḍḏḑḓ
        e:èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ f:ḟ g:ĝğġģǧǵḡ h:ĥȟḣḥḧḩḫẖ i:ìíîïĩīĭįİǐȉȋḭḯỉị j:ĵǰ k:ķǩḱḳḵ l:ĺļľḷḹḻḽ m:ḿṁṃ
        n:ñńņňǹṅṇṉṋ o:òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ p:ṕṗ r:ŕŗřȑȓṙṛṝṟ s:śŝşšșṡṣṥṧṩ t:ţťțṫṭṯṱẗ
        u:ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự v:ṽṿ w:ŵẁẃẅẇẉẘ x:ẋẍ y:ýÿŷȳẏẙỳỵỷỹ z:źżžẑẓẕ ¨:΅῁῭΅ ´:´ ·:· æ:ǣǽ ø:ǿ
        ſ:ẛ ʒ:ǯ ʹ:ʹ α:άἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ ε:έἐἑἒἓἔἕὲέ η:ήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ
        ι:ΐίϊἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗ ο:όὀὁὂὃὄὅὸό ρ:ῤῥ υ:ΰϋύὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ ω:ώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ ϒ:ϓϔ а:ӑӓ
        г:ѓ е:ѐёӗ ж:ӂӝ з:ӟ и:йѝӣӥ к:ќ о:ӧ у:ўӯӱӳ ч:ӵ ы:ӹ э:ӭ і:ї ѵ:ѷ ә:ӛ ө:ӫ א:אַאָאּ ב:בּבֿ ג:גּ ד:דּ ה:הּ ו:וּוֹ ז:זּ
        ט:טּ י:יִיּ ך:ךּ כ:כּכֿ ל:לּ מ:מּ נ:נּ ס:סּ ף:ףּ פ:פּפֿ צ:צּ ק:קּ ר:רּ ש:שׁשׂשּׁשּׂשּ ת:תּ ײ:ײַ ا:آأإ و:ؤ ي:ئ ہ:ۂ ے:ۓ ە:ۀ क:क़
        ख:ख़ ग:ग़ ज:ज़ ड:ड़ ढ:ढ़ न:ऩ फ:फ़ य:य़ र:ऱ ळ:ऴ ড:ড় ঢ:ঢ় য:য় ো:ো ৌ:ৌ ਖ:ਖ਼ ਗ:ਗ਼ ਜ:ਜ਼ ਫ:ਫ਼ ਲ:ਲ਼ ਸ:ਸ਼ ଡ:ଡ଼ ଢ:ଢ଼ େ:ୈ
        ୋ:ୋ ୌ:ୌ ஔ:ஔ ொ:ொ ௌ:ௌ ோ:ோ ೂ:ೊ ೂೕ:ೋ ೕ:ೀೇ ೖ:ೈ ൊ:ൊ ൌ:ൌ ോ:ോ ෙ:ේ ො:ොෝ ෞ:ෞ ཀ:ཀྵ ག:གྷ ཌ:ཌྷ ད:དྷ བ:བྷ
        ཛ:ཛྷ ဥ:ဦ ᬆ:ᬆ ᬈ:ᬈ ᬊ:ᬊ ᬌ:ᬌ ᬎ:ᬎ ᬒ:ᬒ ᬵ:ᬻᬽᭃ ᭀ:ᭀ ᭁ:ᭁ ᾿:῍῎῏ ῾:῝῞῟ ←:↚ →:↛ ↔:↮ ⇐:⇍ ⇒:⇏ ⇔:⇎ ∃:∄ ∈:∉
        ∋:∌ ∣:∤ ∥:∦ ∼:≁ ≃:≄ ≅:≇ ≈:≉ ≍:≭ ≡:≢ ≤:≰ ≥:≱ ≲:≴ ≳:≵ ≶:≸ ≷:≹ ≺:⊀ ≻:⊁ ≼:⋠ ≽:⋡ ⊂:⊄ ⊃:⊅ ⊆:⊈ ⊇:⊉ ⊑:⋢ ⊒:⋣
        ⊢:⊬ ⊨:⊭ ⊩:⊮ ⊫:⊯ ⊲:⋪ ⊳:⋫ ⊴:⋬ ⊵:⋭ ⫝:⫝̸ 〈:〈 〉:〉 う:ゔ か:が き:ぎ く:ぐ け:げ こ:ご さ:ざ し:じ す:ず せ:ぜ そ:ぞ た:だ ち:ぢ つ:づ
        て:で と:ど は:ばぱ ひ:びぴ ふ:ぶぷ へ:べぺ ほ:ぼぽ ゝ:ゞ ウ:ヴ カ:ガ キ:ギ ク:グ ケ:ゲ コ:ゴ サ:ザ シ:ジ ス:ズ セ:ゼ ソ:ゾ タ:ダ チ:ヂ ツ:ヅ テ:デ ト:ド
        ハ:バパ ヒ:ビピ フ:ブプ ヘ:ベペ ホ:ボポ ワ:ヷ ヰ:ヸ ヱ:ヹ ヲ:ヺ ヽ:ヾ 𑂙:𑂚 𑂛:𑂜 𑂥:𑂫 𑍋:𑍋 𑍌:𑍌 𑒹:𑒻 𑒼:𑒼 𑒾:𑒾 𑖺:𑖺 𑖻:𑖻 𝅗𝅥:𝅗𝅥 𝅘𝅥:𝅘𝅥
        𝅘𝅥𝅮:𝅘𝅥𝅮 𝅘𝅥𝅯:𝅘𝅥𝅯 𝅘𝅥𝅰:𝅘𝅥𝅰 𝅘𝅥𝅱:𝅘𝅥𝅱 𝅘𝅥𝅲:𝅘𝅥𝅲 𝆹𝅥:𝆹𝅥 𝆹𝅥𝅮:𝆹𝅥𝅮 𝆹𝅥𝅯:𝆹𝅥𝅯 𝆺𝅥:𝆺𝅥 𝆺𝅥𝅮:𝆺𝅥𝅮 𝆺𝅥𝅯:𝆺𝅥𝅯
        """;

    // U+F900 and on, in order.
    private const string CompatibilityIdeographs = """
        豈更車賈滑串句龜龜契金喇奈懶癩羅蘿螺裸邏樂洛烙珞落酪駱亂卵欄爛蘭鸞嵐濫藍襤拉臘蠟廊朗浪狼郎來冷勞擄櫓爐盧老蘆虜路露魯鷺碌
        祿綠菉錄鹿論壟弄籠聾牢磊賂雷壘屢樓淚漏累縷陋勒肋凜凌稜綾菱陵讀拏樂諾丹寧怒率異北磻便復不泌數索參塞省葉說殺辰沈拾若掠略亮
        兩凉梁糧良諒量勵呂女廬旅濾礪閭驪麗黎力曆歷轢年憐戀撚漣煉璉秊練聯輦蓮連鍊列劣咽烈裂說廉念捻殮簾獵令囹寧嶺怜玲瑩羚聆鈴零靈
        領例禮醴隸惡了僚寮尿料樂燎療蓼遼龍暈阮劉杻柳流溜琉留硫紐類六戮陸倫崙淪輪律慄栗率隆利吏履易李梨泥理痢罹裏裡里離匿溺吝燐璘
        藺隣鱗麟林淋臨立笠粒狀炙識什茶刺切度拓糖宅洞暴輻行降見廓兀嗀﨎﨏塚﨑晴﨓﨔凞猪益礼神祥福靖精羽﨟蘒﨡諸﨣﨤逸都﨧﨨﨩飯飼
        館鶴郞隷侮僧免勉勤卑喝嘆器塀墨層屮悔慨憎懲敏既暑梅海渚漢煮爫琢碑社祉祈祐祖祝禍禎穀突節練縉繁署者臭艹艹著褐視謁謹賓贈辶逸
        難響頻恵𤋮舘﩮﩯並况全侀充冀勇勺喝啕喙嗢塚墳奄奔婢嬨廒廙彩徭惘慎愈憎慠懲戴揄搜摒敖晴朗望杖歹殺流滛滋漢瀞煮瞧爵犯猪瑱甆画
        瘝瘟益盛直睊着磌窱節类絛練缾者荒華蝹襁覆視調諸請謁諾諭謹變贈輸遲醙鉶陼難靖韛響頋頻鬒龜𢡊𢡄𣏕㮝䀘䀹𥉉𥳐𧻓齃龎
        """;

    // U+2F800 and on, in order.
    private const string CompatibilityIdeographsSupplement = """
        丽丸乁𠄢你侮侻倂偺備僧像㒞𠘺免兔兤具𠔜㒹內再𠕋冗冤仌冬况𩇟凵刃㓟刻剆割剷㔕勇勉勤勺包匆北卉卑博即卽卿卿卿𠨬灰及叟𠭣叫叱吆
        咞吸呈周咢哶唐啓啣善善喙喫喳嗂圖嘆圗噑噴切壮城埴堍型堲報墬𡓤売壷夆多夢奢𡚨𡛪姬娛娧姘婦㛮㛼嬈嬾嬾𡧈寃寘寧寳𡬘寿将当尢㞁屠
        屮峀岍𡷤嵃𡷦嵮嵫嵼巡巢㠯巽帨帽幩㡢𢆃㡼庰庳庶廊𪎒廾𢌱𢌱舁弢弢㣇𣊸𦇚形彫㣣徚忍志忹悁㤺㤜悔𢛔惇慈慌慎慌慺憎憲憤憯懞懲懶成戛
        扝抱拔捐𢬌挽拼捨掃揤𢯱搢揅掩㨮摩摾撝摷㩬敏敬𣀊旣書晉㬙暑㬈㫤冒冕最暜肭䏙朗望朡杞杓𣏃㭉柺枅桒梅𣑭梎栟椔㮝楂榣槪檨𣚣櫛㰘次
        𣢧歔㱎歲殟殺殻𣪍𡴋𣫺汎𣲼沿泍汧洖派海流浩浸涅𣴞洴港湮㴳滋滇𣻑淹潮𣽞𣾎濆瀹瀞瀛㶖灊災灷炭𠔥煅𤉣熜𤎫爨爵牐𤘈犀犕𤜵𤠔獺王㺬玥
        㺸㺸瑇瑜瑱璅瓊㼛甤𤰶甾𤲒異𢆟瘐𤾡𤾸𥁄㿼䀈直𥃳𥃲𥄙𥄳眞真真睊䀹瞋䁆䂖𥐝硎碌磌䃣𥘦祖𥚚𥛅福秫䄯穀穊穏𥥼𥪧𥪧竮䈂𥮫篆築䈧𥲀糒䊠
        糨糣紀𥾆絣䌁緇縂繅䌴𦈨𦉇䍙𦋙罺𦌾羕翺者𦓚𦔣聠𦖨聰𣍟䏕育脃䐋脾媵𦞧𦞵𣎓𣎜舁舄辞䑫芑芋芝劳花芳芽苦𦬼若茝荣莭茣莽菧著荓菊菌菜
        𦰶𦵫𦳕䔫蓱蓳蔖𧏊蕤𦼬䕝䕡𦾱𧃒䕫虐虜虧虩蚩蚈蜎蛢蝹蜨蝫螆䗗蟡蠁䗹衠衣𧙧裗裞䘵裺㒻𧢮𧥦䚾䛇誠諭變豕𧲨貫賁贛起𧼯𠠄跋趼跰𠣞軔輸
        𨗒𨗭邔郱鄑𨜮鄛鈸鋗鋘鉼鏹鐕𨯺開䦕閷𨵷䧦雃嶲霣𩅅𩈚䩮䩶韠𩐊䪲𩒖頋頋頩𩖶飢䬳餩馧駂駾䯎𩬰鬒鱀鳽䳎䳭鵧𪃎䳸𪄅𪈎𪊑麻䵖黹黾鼅鼏鼖
        鼻𪘀
        """;
}
