namespace Moat.Fuzz;

/// <summary>What a reader did with an input.</summary>
internal enum Outcome
{
    /// <summary>It read it.</summary>
    Read,

    /// <summary>It read it and said that a part of it is not understood.</summary>
    NotUnderstood,

    /// <summary>It refused it in the way that it may.</summary>
    Refused,
}

/// <summary>A reader that is tried.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Seeds">Good inputs, from which others are made.</param>
/// <param name="Read">Reads one; throws when it does anything but read, not understand or refuse.</param>
/// <param name="Promises">What has to hold of an input made from a seed; throws when it does not.</param>
internal sealed record Target(
    string Name,
    IReadOnlyList<byte[]> Seeds,
    Func<byte[], Outcome> Read,
    Action<Random>? Promises = null
);
