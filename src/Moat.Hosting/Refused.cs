using Moat.Isms.Kernel;

namespace Moat.Hosting;

/// <summary>
/// How a refusal ends at each door: one place that says it for REST, forms, file imports, MCP, SCIM and the command
/// line.
/// </summary>
public static class Refused
{
    /// <summary>The answer is no: a rule, or a person is needed.</summary>
    public const int No = 1;

    /// <summary>It was used wrongly.</summary>
    public const int UsedWrongly = 2;

    /// <summary>It could not be done here and now.</summary>
    public const int CouldNot = 3;

    /// <summary>The status over HTTP (RFC 9110).</summary>
    public static int StatusOf(Refusal refusal) => Of(refusal).Status;

    /// <summary>
    /// The status over HTTP, where whoever asked named the version that they know (RFC 9110, 13.1.1).
    /// </summary>
    public static int StatusOf(Refusal refusal, bool isConditional) =>
        refusal is Conflict && isConditional ? 412 : StatusOf(refusal);

    /// <summary>The exit code of a command.</summary>
    public static int ExitCodeOf(Refusal refusal) => Of(refusal).ExitCode;

    /// <summary>What is wrong, field by field, where the refusal says so.</summary>
    public static IReadOnlyList<FieldError> FieldsOf(Refusal refusal) =>
        refusal switch
        {
            InputInvalid invalid => invalid.Errors,
            RuleBroken rule => rule.Details,
            _ => [],
        };

    private static (int Status, int ExitCode) Of(Refusal refusal) =>
        refusal switch
        {
            InputInvalid => (400, UsedWrongly),
            PersonNeeded => (403, No),
            Forbidden => (403, CouldNot),
            NotFound => (404, CouldNot),
            Conflict => (409, CouldNot),
            RuleBroken => (422, No),
            _ => (503, CouldNot),
        };
}
