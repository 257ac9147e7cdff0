using Moat.Isms.Evidence.Collectors;

namespace Moat.Collectors.Http;

/// <summary>
/// Takes each answer whole before anybody reads it, up to a size that counts after unpacking: libraries that stream an
/// answer would read one that never ends, or a few kilobytes of gzip that unpack to gigabytes.
/// </summary>
internal sealed class BoundedAnswers(int largest) : DelegatingHandler
{
    private const int Part = 64 * 1024;

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var response = await base.SendAsync(request, cancellationToken);
        // Such an answer has no body, and the length that it names is that of what lies there.
        if (request.Method == HttpMethod.Head)
            return response;
        try
        {
            var whole = new ByteArrayContent(await Read(request, response, cancellationToken));
            foreach (var (name, values) in response.Content.Headers)
                if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                    whole.Headers.TryAddWithoutValidation(name, values);
            response.Content.Dispose();
            response.Content = whole;
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task<byte[]> Read(HttpRequestMessage request, HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            return await Whole(request, response, ct);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new HttpRequestException($"The answer broke off: {e.Message}", e);
        }
    }

    private async Task<byte[]> Whole(HttpRequestMessage request, HttpResponseMessage response, CancellationToken ct)
    {
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        // In small parts, so that an answer without an end leaves no large arrays behind before it is refused.
        var (parts, length) = (new List<byte[]>(), 0);
        while (true)
        {
            var part = new byte[Part];
            var read = await body.ReadAtLeastAsync(part, Part, throwOnEndOfStream: false, ct);
            if (read == 0)
                break;
            if ((length += read) > largest)
                throw new CollectorFailed(
                    $"{request.RequestUri?.Host} answered {request.RequestUri?.AbsolutePath} with more than {largest / 1024 / 1024} MB."
                );
            parts.Add(read == Part ? part : part[..read]);
        }
        var whole = new byte[length];
        var at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(whole, at);
            at += part.Length;
        }
        return whole;
    }
}
