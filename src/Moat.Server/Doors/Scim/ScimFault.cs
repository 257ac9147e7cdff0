namespace Moat.Server.Doors.Scim;

/// <summary>A request that the protocol refuses (RFC 7644, 3.12).</summary>
internal sealed class ScimFault(int status, string? type, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    /// <summary>The protocol's word for it, such as invalidFilter.</summary>
    public string? Type { get; } = type;

    public static ScimFault Value(string detail) => new(StatusCodes.Status400BadRequest, "invalidValue", detail);

    public static ScimFault Filter(string detail) => new(StatusCodes.Status400BadRequest, "invalidFilter", detail);

    public static ScimFault Path(string detail) => new(StatusCodes.Status400BadRequest, "invalidPath", detail);
}
