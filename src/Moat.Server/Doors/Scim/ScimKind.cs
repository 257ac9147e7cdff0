using System.Text.Json.Nodes;
using Moat.Isms.Kernel;

namespace Moat.Server.Doors.Scim;

/// <summary>
/// What is the same for resources of every kind: how they are listed, found, shown and changed, and how one that was
/// made is told of.
/// </summary>
internal sealed class ScimKind<T>(
    string word,
    Func<IsmsSession, CancellationToken, Task<IReadOnlyList<T>>> all,
    Func<T, Guid> id,
    Func<T, string, JsonObject> resource
)
{
    /// <summary>Answers the page of the list that was asked for.</summary>
    public async Task List(HttpContext http, IsmsSession session) =>
        await ScimAnswers.List(
            http,
            (await all(session, http.RequestAborted)).Select(t => resource(t, ScimAnswers.RootOf(http)))
        );

    /// <summary>The one that the address names. Throws <see cref="NotFound"/>.</summary>
    public Task<T> Named(HttpContext http, IsmsSession session) => One(http, session, ScimRequest.Id(http));

    /// <summary>Answers the one that the address names.</summary>
    public async Task Show(HttpContext http, IsmsSession session) =>
        await ScimAnswers.Write(
            http,
            StatusCodes.Status200OK,
            resource(await Named(http, session), ScimAnswers.RootOf(http))
        );

    /// <summary>Answers one that was made.</summary>
    public async Task Created(HttpContext http, IsmsSession session, Guid made) =>
        await ScimAnswers.Created(http, resource(await One(http, session, $"{made}"), ScimAnswers.RootOf(http)));

    /// <summary>Changes the one that the address names by what the body says, and answers it as it is then.</summary>
    public async Task Change(HttpContext http, IsmsSession session, Func<JsonObject, T, Task> change)
    {
        var body = await ScimRequest.Body(http);
        await ScimRequest.Again(async () => await change(body, await Named(http, session)));
        await Show(http, session);
    }

    private async Task<T> One(HttpContext http, IsmsSession session, string wanted) =>
        (await all(session, http.RequestAborted)).FirstOrDefault(t => id(t).ToString() == wanted)
        ?? throw new NotFound($"{word} {wanted}");
}
