namespace Moat.Isms.Kernel.Reading.Schemas;

/// <summary>A place in a file that does not follow the schema of its format.</summary>
/// <param name="Place">Where, such as <c>$.components[3].type</c>.</param>
/// <param name="Member">The same without numbers, such as <c>components[].type</c>.</param>
/// <param name="Message">What is wrong, a sentence.</param>
public sealed record SchemaViolation(string Place, string Member, string Message)
{
    /// <summary>Place and message in one sentence.</summary>
    public string Sentence => $"{Place}: {Message}";
}
