namespace Duomano.Evaluation;

/// <summary>The largest one-to-one matching of two sets, by augmenting paths found breadth first.</summary>
internal static class BipartiteMatching
{
    /// <summary>Finds a largest matching.</summary>
    /// <param name="candidates">For each member of the first set, those of the second it may be matched with, best first.</param>
    /// <param name="secondCount">Size of the second set.</param>
    /// <returns>For each member of the first set its partner, or −1.</returns>
    public static int[] Find(IReadOnlyList<IReadOnlyList<int>> candidates, int secondCount)
    {
        var partnerOfFirst = new int[candidates.Count];
        var partnerOfSecond = new int[secondCount];
        Array.Fill(partnerOfFirst, -1);
        Array.Fill(partnerOfSecond, -1);
        var reachedFrom = new int[secondCount];
        var reachedIn = new int[secondCount];
        var queue = new Queue<int>();
        for (var start = 0; start < candidates.Count; start++)
        {
            queue.Clear();
            queue.Enqueue(start);
            Augment(start);
        }

        return partnerOfFirst;

        void Augment(int start)
        {
            while (queue.TryDequeue(out var first))
            {
                foreach (var second in candidates[first])
                {
                    // Marks carry the search's number, so that nothing has to be cleared between searches.
                    if (reachedIn[second] == start + 1) continue;
                    reachedIn[second] = start + 1;
                    reachedFrom[second] = first;
                    if (partnerOfSecond[second] >= 0)
                    {
                        queue.Enqueue(partnerOfSecond[second]);
                        continue;
                    }

                    Flip(second);
                    return;
                }
            }
        }

        void Flip(int second)
        {
            while (second >= 0)
            {
                var first = reachedFrom[second];
                (partnerOfSecond[second], var next) = (first, partnerOfFirst[first]);
                partnerOfFirst[first] = second;
                second = next;
            }
        }
    }
}
