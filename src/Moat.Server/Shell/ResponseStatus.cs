namespace Moat.Server.Shell;

/// <summary>Says how a request ended without losing the page that explains it.</summary>
public static class ResponseStatus
{
    /// <summary>
    /// Sets the status as the answer begins, not while the page is drawn: of a page that is not found while it is
    /// drawn, the framework sends nothing.
    /// </summary>
    public static void EndWith(this HttpResponse response, int status)
    {
        response.HttpContext.Items[typeof(ResponseStatus)] = status;
        response.OnStarting(() =>
        {
            response.StatusCode = status;
            return Task.CompletedTask;
        });
    }

    /// <summary>How the answer will end, whether it began or not.</summary>
    public static int Ending(this HttpResponse response) =>
        response.HttpContext.Items[typeof(ResponseStatus)] as int? ?? response.StatusCode;
}
