using Microsoft.AspNetCore.Components;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Server.Shell;

/// <summary>What every page of an organisation has: its slug, the session and plain ways to read and to link.</summary>
public abstract class MoatPage : LoadedComponent
{
    /// <summary>The organisation's slug in the URL.</summary>
    [Parameter]
    public string Org { get; set; } = "";

    /// <summary>Runs operations for the caller.</summary>
    [Inject]
    protected IsmsSession Session { get; set; } = null!;

    /// <summary>The request.</summary>
    [CascadingParameter]
    protected HttpContext Http { get; set; } = null!;

    /// <summary>Who looks at the page.</summary>
    protected Caller Caller => Session.Caller;

    /// <summary>An address below the organisation.</summary>
    protected string Url(string path) => $"/{Org}/{path}";

    /// <summary>A process, to name one of its queries.</summary>
    protected TProcess Of<TProcess>()
        where TProcess : class => Session.Of<TProcess>();

    /// <summary>Runs a query.</summary>
    protected Task<TResult> Ask<TInput, TResult>(Func<TInput, CancellationToken, Task<TResult>> query, TInput input)
        where TInput : class
        where TResult : class => Session.Run(query, input, Http.RequestAborted);

    /// <summary>Runs a query about one record; null, with status 404, when there is none.</summary>
    protected async Task<TResult?> AskForOne<TInput, TResult>(
        Func<TInput, CancellationToken, Task<TResult>> query,
        TInput input
    )
        where TInput : class
        where TResult : class
    {
        try
        {
            return await Ask(query, input);
        }
        catch (NotFound)
        {
            Http.Response.EndWith(StatusCodes.Status404NotFound);
            return null;
        }
    }

    /// <summary>A value of the query string.</summary>
    protected string? Query(string name) => Http.Request.Query[name] is [{ Length: > 0 } value, ..] ? value : null;

    /// <summary>A value of the query string as an enumeration, or none.</summary>
    protected T? Query<T>(string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(Query(name)?.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var value)
        && Enum.IsDefined(value)
            ? value
            : null;

    /// <summary>Yes or no of the query string, or none.</summary>
    protected bool? QueryFlag(string name) => bool.TryParse(Query(name), out var value) ? value : null;

    /// <summary>A whole number of the query string, or none.</summary>
    protected int? QueryNumber(string name) =>
        int.TryParse(Query(name), System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>The people who may own something, for a choice.</summary>
    protected async Task<IReadOnlyList<(string Value, string Label)>> People() =>
        [.. (await Ask(Of<PeopleProcess>().List, new ListPeople { Limit = 200 })).Items.Select(p => (p.Ref, p.Name))];
}
