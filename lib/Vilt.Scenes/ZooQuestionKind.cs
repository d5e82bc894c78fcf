namespace Vilt.Scenes;

/// <summary>What a question of the Zoo asks for.</summary>
public enum ZooQuestionKind
{
    /// <summary>"what is on the picture"</summary>
    Animal,

    /// <summary>"what color is the elephant"</summary>
    Color,

    /// <summary>"what color are the cat's eyes"</summary>
    EyeColor,

    /// <summary>"is the animal in the picture a cat or a fox"</summary>
    Choice,

    /// <summary>"how many zebras are on the picture"</summary>
    Count,

    /// <summary>"how many ears does the cat have": how many can be seen.</summary>
    Ears,

    /// <summary>"where is the elephant"</summary>
    Place,

    /// <summary>"is there a dog on the picture"</summary>
    Presence,

    /// <summary>"is the cat white"</summary>
    ColorCheck,
}
