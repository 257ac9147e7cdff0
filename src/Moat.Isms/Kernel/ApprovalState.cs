namespace Moat.Isms.Kernel;

/// <summary>The life of an approved record.</summary>
public enum ApprovalState
{
    /// <summary>Being written.</summary>
    Draft,

    /// <summary>Approved and in force.</summary>
    Approved,

    /// <summary>Replaced by a later version.</summary>
    Superseded,
}
