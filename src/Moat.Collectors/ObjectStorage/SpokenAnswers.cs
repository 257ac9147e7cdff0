using System.Net;
using System.Text;

namespace Moat.Collectors.ObjectStorage;

/// <summary>
/// Makes storage say what it means. Some passes over a question it does not know, such as <c>?versioning</c>, and lists
/// the bucket instead: read as a configuration that list would say "never enabled". And the library passes over every
/// 404 as if it were an empty configuration, also that of a bucket which is gone and of a storage without the question.
/// Both become what they are: an error with its code, of which the reader knows what it means.
/// </summary>
internal sealed class SpokenAnswers : DelegatingHandler
{
    private const int WhereTheRootIs = 600;

    private static readonly string[] Codes =
    [
        "NoSuchBucketPolicy",
        "NoSuchPublicAccessBlockConfiguration",
        "ServerSideEncryptionConfigurationNotFoundError",
        "ObjectLockConfigurationNotFoundError",
        "NoSuchLifecycleConfiguration",
        "NoSuchBucket",
    ];

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (
            request.RequestUri?.Query.Length is null or <= 1
            || !(response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotFound)
        )
            return response;
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var body = Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, WhereTheRootIs)));
        // The collector never lists what is in a bucket.
        if (response.IsSuccessStatusCode)
            return body.Contains("<ListBucketResult", StringComparison.Ordinal)
                ? Instead(response, HttpStatusCode.NotImplemented, "NotImplemented")
                : response;
        return Instead(
            response,
            HttpStatusCode.Gone,
            Codes.FirstOrDefault(code => body.Contains($"<Code>{code}</Code>", StringComparison.Ordinal)) ?? "NotFound"
        );
    }

    private static HttpResponseMessage Instead(HttpResponseMessage answered, HttpStatusCode status, string code)
    {
        var request = answered.RequestMessage;
        answered.Dispose();
        return new HttpResponseMessage(status)
        {
            RequestMessage = request,
            Content = new StringContent(
                $"<Error><Code>{code}</Code><Message>The storage does not answer this question.</Message></Error>",
                Encoding.UTF8,
                "application/xml"
            ),
        };
    }
}
