using System.Net;
using Amazon.Runtime;

namespace Moat.Collectors.ObjectStorage;

/// <summary>Why something of a storage could not be read, in words.</summary>
internal static class StorageTrouble
{
    /// <summary>The answer is none that S3 gives.</summary>
    public const string Unreadable = "the storage's answer cannot be read";

    /// <summary>What a refusal says.</summary>
    public static string Says(AmazonServiceException refused) =>
        refused.StatusCode == HttpStatusCode.Forbidden
            ? "the key may not read it"
            : $"the storage answers {refused.ErrorCode ?? refused.StatusCode.ToString()}";
}
