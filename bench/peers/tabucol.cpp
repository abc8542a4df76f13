// The textbook's tabu search for colourings (Hertz & de Werra 1987; tenure of Galinier & Hao 1999), to compare with.
// tabucol SEED SECONDS < "VERTICES EDGES", then the edges from 0; prints the fewest colours found.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>
using namespace std;

int main(int, char **argv) {
  mt19937 random(atoi(argv[1]));
  auto end = chrono::steady_clock::now() + chrono::duration<double>(atof(argv[2]));
  int n, m;
  if (scanf("%d %d", &n, &m) != 2) return 1;
  vector<vector<int>> around(n);
  for (int e = 0, a, b; e < m && scanf("%d %d", &a, &b) == 2; e++) around[a].push_back(b), around[b].push_back(a);
  // Greedy, in the order of the vertices.
  vector<int> colour(n, -1);
  int fewest = 0;
  for (int v = 0; v < n; v++) {
    vector<char> taken(n + 1, 0);
    for (int u : around[v]) if (colour[u] >= 0) taken[colour[u]] = 1;
    for (colour[v] = 0; taken[colour[v]];) colour[v]++;
    fewest = max(fewest, colour[v] + 1);
  }
  for (int k = fewest - 1; k > 0; k--) {
    for (int v = 0; v < n; v++) if (colour[v] >= k) colour[v] = random() % k;
    vector<vector<int>> count(n, vector<int>(k, 0));
    vector<vector<long>> tabu(n, vector<long>(k, 0));
    int conflicts = 0;
    for (int v = 0; v < n; v++) for (int u : around[v]) count[v][colour[u]]++;
    for (int v = 0; v < n; v++) conflicts += count[v][colour[v]];
    conflicts /= 2;
    int best = conflicts;
    for (long move = 1; conflicts > 0; move++) {
      if (move % 100 == 0 && chrono::steady_clock::now() > end) return printf("%d\n", fewest), 0;
      int least = 1 << 30, vertex = -1, to = -1, ties = 0, bad = 0;
      for (int v = 0; v < n; v++) {
        if (count[v][colour[v]] == 0) continue;
        bad++;
        for (int c = 0; c < k; c++) {
          int change = count[v][c] - count[v][colour[v]];
          if (c == colour[v] || (tabu[v][c] > move && conflicts + change >= best)) continue;
          if (change < least) least = change, ties = 0;
          if (change == least && random() % ++ties == 0) vertex = v, to = c;
        }
      }
      if (vertex < 0) continue;
      int from = colour[vertex];
      tabu[vertex][from] = move + (long)(0.6 * bad) + random() % 10;
      colour[vertex] = to;
      conflicts += least;
      best = min(best, conflicts);
      for (int u : around[vertex]) count[u][from]--, count[u][to]++;
    }
    fewest = k;
  }
  printf("%d\n", fewest);
}
