namespace Vilt.Scenes.Animals;

/// <summary>The coats of all animals. Each animal wears six of them equally often, so that its name does not reveal its color.</summary>
internal static class Looks
{
    public static readonly Look Gray = Look.Plain("gray");
    public static readonly Look White = Look.Plain("white");
    public static readonly Look Black = Look.Plain("black");
    public static readonly Look Brown = Look.Plain("brown");
    public static readonly Look Orange = Look.Plain("orange");
    public static readonly Look Yellow = Look.Plain("yellow");
    public static readonly Look Pink = Look.Plain("pink");
    public static readonly Look WhiteAndBrown = Look.Marked("white and brown", "white", "brown");
    public static readonly Look BlackAndWhite = Look.Marked("black and white", "white", "black");
    public static readonly Look OrangeAndWhite = Look.Marked("orange and white", "white", "orange");
    public static readonly Look PinkAndWhite = Look.Marked("pink and white", "white", "pink");
    public static readonly Look BlueAndWhite = Look.Marked("blue and white", "white", "blue");
    public static readonly Look YellowAndBrown = Look.Marked("yellow and brown", "yellow", "brown");
    public static readonly Look BlackAndYellow = Look.Marked("black and yellow", "yellow", "black");

    /// <summary>Every coat, in the order of the answer list.</summary>
    public static readonly IReadOnlyList<Look> All =
    [
        Gray, White, Black, Brown, Orange, Yellow, Pink, WhiteAndBrown, BlackAndWhite, OrangeAndWhite, PinkAndWhite,
        BlueAndWhite, YellowAndBrown, BlackAndYellow,
    ];
}
