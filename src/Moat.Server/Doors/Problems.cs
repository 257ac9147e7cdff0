using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;
using Moat.Hosting;
using Moat.Isms.Kernel;

namespace Moat.Server.Doors;

/// <summary>Refusals as problem details (RFC 9457), mapped once for every program.</summary>
internal static class Problems
{
    private const string OnlyRead =
        "Everything can be read, not changed: the database's first server is away, and another answers for it. Nothing of this was stored. Try again in a minute.";

    private const string Away =
        "The database does not answer at the moment. Nothing of this was stored. Try again in a few seconds; "
        + "if it lasts, whoever runs this server finds the reason in its log.";

    private const string Types = "https://moat.example.org/problems/";

    /// <summary>Writes a refusal.</summary>
    public static Task Write(HttpContext http, Refusal refusal)
    {
        var status = Refused.StatusOf(refusal, http.Request.Headers.ContainsKey("If-Match"));
        var errors = Refused.FieldsOf(refusal);
        return Write(http, status, refusal.Code, refusal.Message, errors, (refusal as RuleBroken)?.RuleId);
    }

    /// <summary>Writes a problem.</summary>
    public static Task Write(
        HttpContext http,
        int status,
        string code,
        string detail,
        IReadOnlyList<FieldError>? errors = null,
        string? ruleId = null
    )
    {
        http.Response.StatusCode = status;
        SayWhenToTryAgain(http);
        http.Response.ContentType = "application/problem+json";
        var problem = new Problem(
            Types + code,
            code.Replace('-', ' '),
            status,
            detail,
            code,
            ruleId,
            errors is { Count: > 0 } ? errors : null,
            Activity.Current?.Id ?? http.TraceIdentifier
        );
        return http.Response.WriteAsync(JsonSerializer.Serialize(problem, InputBinder.Json), http.RequestAborted);
    }

    /// <summary>
    /// Answers what nobody caught: a problem for programs, a plain page for people; never a stack trace.
    /// </summary>
    public static async Task Unexpected(HttpContext http)
    {
        var error = Known(http, http.Features.Get<IExceptionHandlerFeature>()?.Error);
        if (error is Refusal refusal && !IsForProgram(http))
        {
            http.Response.StatusCode = Refused.StatusOf(refusal);
            http.Response.ContentType = "text/plain; charset=utf-8";
            SayWhenToTryAgain(http);
            await http.Response.WriteAsync(refusal.Message, http.RequestAborted);
            return;
        }
        if (error is Refusal known)
            await Write(http, known);
        else if (error is BadHttpRequestException bad)
            await Write(http, bad.StatusCode, "request-invalid", bad.Message);
        else if (IsForProgram(http))
            await Write(
                http,
                500,
                "unexpected",
                "Something went wrong on our side. The log has the details under this trace id."
            );
        else
        {
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync(
                $"Something went wrong on our side; nothing was half-stored. The log has the details under {http.TraceIdentifier}.",
                http.RequestAborted
            );
        }
    }

    /// <summary>
    /// Says to a program what the router refused without a word: an address that is not there, a method that it does
    /// not take.
    /// </summary>
    public static Task InWords(HttpContext http) => InWords(http, http.Response.StatusCode);

    /// <summary>Says to a program why it is refused with this status.</summary>
    public static Task InWords(HttpContext http, int status)
    {
        var (code, detail) = status switch
        {
            StatusCodes.Status404NotFound => (
                "not-found",
                "There is nothing at this address. /openapi/v1.json describes the addresses that there are."
            ),
            StatusCodes.Status405MethodNotAllowed => (
                "method-not-allowed",
                $"This address does not take {http.Request.Method}, but {http.Response.Headers.Allow}."
            ),
            StatusCodes.Status429TooManyRequests => (
                "too-many-requests",
                "These are too many requests. Wait a minute, then try again."
            ),
            _ => ("refused", $"The request was refused: {ReasonPhrases.GetReasonPhrase(status)}."),
        };
        return http.Request.Path.StartsWithSegments("/scim", StringComparison.Ordinal)
            ? Scim.ScimAnswers.Refuse(http, status, null, detail)
            : Write(http, status, code, detail);
    }

    /// <summary>
    /// The page that explains a refusal is looked at, whatever was sent: nothing that was sent is handed on to it.
    /// </summary>
    public static async Task LookAtThePage(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null && !HttpMethods.IsHead(http.Request.Method))
            http.Request.Method = HttpMethods.Get;
        await next(http);
    }

    /// <summary>Whether a program asks, not a browser.</summary>
    public static bool IsForProgram(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        || http.Request.Path.StartsWithSegments("/mcp", StringComparison.Ordinal)
        || http.Request.Path.StartsWithSegments("/scim", StringComparison.Ordinal);

    private static Exception? Known(HttpContext http, Exception? error) =>
        error is null || http.RequestServices.GetService<ITransactions>() is not { } database ? error
        : database.IsReadOnly(error) ? new Unavailable(OnlyRead)
        : database.IsOutage(error) ? new Unavailable(Away)
        : error;

    private static void SayWhenToTryAgain(HttpContext http)
    {
        if (http.Response.StatusCode == StatusCodes.Status503ServiceUnavailable)
            http.Response.Headers.RetryAfter = "5";
    }

    private sealed record Problem(
        string Type,
        string Title,
        int Status,
        string Detail,
        string Code,
        string? RuleId,
        IReadOnlyList<FieldError>? Errors,
        string TraceId
    );
}
