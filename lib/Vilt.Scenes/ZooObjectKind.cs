namespace Vilt.Scenes;

/// <summary>The role of an object in a scene.</summary>
public enum ZooObjectKind
{
    /// <summary>An animal that questions ask about.</summary>
    Animal,

    /// <summary>Something that shows where the scene is: a fence, a barn, trees.</summary>
    Place,

    /// <summary>Something that may be anywhere and decides no answer: a ball, a cloud.</summary>
    Distractor,
}
