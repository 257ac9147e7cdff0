namespace Moat.Isms.Context.Interviews;

/// <summary>How a company gets to its ISMS.</summary>
public enum ImplementationPath
{
    /// <summary>Write everything oneself.</summary>
    Yourself,

    /// <summary>Start from prepared drafts, such as Moat's.</summary>
    Toolkit,

    /// <summary>With a consultant's help.</summary>
    Consultant,
}
