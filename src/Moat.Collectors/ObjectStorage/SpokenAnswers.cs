using System.Net;
using System.Text;

namespace Moat.Collectors.ObjectStorage;

/// <summary>
/// Some storage passes over a question it does not know, such as <c>?versioning</c>, and lists the bucket instead. Read as a configuration that list
/// would say "never enabled"; so it becomes what the storage should have answered: that this is not implemented.
/// </summary>
internal sealed class SpokenAnswers : DelegatingHandler
{
    private const int WhereTheRootIs = 300;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode || request.RequestUri?.Query.Length is null or <= 1) return response;
        // The collector never lists what is in a bucket.
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (!Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, WhereTheRootIs))).Contains("<ListBucketResult", StringComparison.Ordinal)) return response;
        response.Dispose();
        return new HttpResponseMessage(HttpStatusCode.NotImplemented)
        {
            RequestMessage = request,
            Content = new StringContent("<Error><Code>NotImplemented</Code><Message>The storage does not know this question.</Message></Error>", Encoding.UTF8, "application/xml"),
        };
    }
}
