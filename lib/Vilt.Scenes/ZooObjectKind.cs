namespace Vilt.Scenes;

/// <summary>What an object of a scene is there for.</summary>
public enum ZooObjectKind
{
    /// <summary>An animal that questions ask about.</summary>
    Animal,

    /// <summary>Something that shows where the scene is: a fence, a barn, trees.</summary>
    Place,

    /// <summary>Something that may stand anywhere and answers nothing: a ball, a cloud.</summary>
    Distractor,
}
